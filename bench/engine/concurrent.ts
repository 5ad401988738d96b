import { Text, type Op } from '../../lib/ot/index.ts';
import { plan, type Committed, type Settled } from '../../server/room/plan.ts';
import type { Bench } from '../kit/bench.ts';
import { collectGarbage } from '../kit/memory.ts';
import { measured } from '../kit/own-cpu.ts';
import { bestOf, ratioOf, type Table } from '../kit/table.ts';
import { takeTurns } from '../kit/take-turns.ts';
import { ALGEBRAS } from './algebra-tasks.ts';
import { arrivals, type Arrival } from './jupiter.ts';
import type { Algebra } from './peers/algebra.ts';
import { tandemAlgebra } from './peers/tandem.ts';
import { friendsForever, FRIENDSFOREVER_SHA256, sha256 } from './traces.ts';

/** A server that orders what arrives, and holds the text. */
interface Server<MadeOp> {
  take(op: MadeOp, agent: number): MadeOp;
  text(): string;
}

const MOST_UNITS = 10_000_000;

export const bench: Bench = {
  name: 'concurrent',
  title: 'Two authors at once',
  about:
    'The recorded session friendsforever, 26,078 edits of two authors, comes to a server in its order. Each op is moved over those that its author had not ' +
    'seen, which are moved over it (both sides, as Jupiter does), and applied to the text. Tandem’s also goes through what a room ' +
    'does with an edit: duplicates, bounds, fit, order, batch. The end must be the text that the trace has, with either rule for ' +
    'inserts at the same place.',
  async run() {
    const { numAgents } = friendsForever();
    const all = arrivals(friendsForever());
    const results = await takeTurns(ALGEBRAS, (algebra) => {
      const ops = all.map(({ op, length }) => algebra.from(op, length));
      const session = () => {
        const server = algebra === tandemAlgebra ? roomCore(numAgents) : plainServer(algebra);
        deliver(algebra, all, ops, server, numAgents);
        return server.text();
      };
      // A collection throws compiled code away, and compiling would be much of what a session takes: once for nothing.
      collectGarbage();
      session();
      const { cpu, result } = measured(session);
      if (!FRIENDSFOREVER_SHA256.includes(sha256(result))) throw new Error(`${algebra.name} ends with another text.`);
      return cpu;
    });
    const table: Table = {
      title: 'The whole session',
      columns: [{ key: 'cpu', title: 'CPU ms', base: tandemAlgebra.name }],
      rows: results.map(({ name, rounds }) => ({
        name: name,
        figures: { cpu: rounds },
        ...(name === tandemAlgebra.name && { remark: 'through a room’s core' }),
      })),
    };
    const best = bestOf(table, 'cpu', { wanted: 'least', except: [tandemAlgebra.name] });
    const bar = {
      what: `Two authors through a room’s core, time to the best’s (${best})`,
      value: ratioOf(table, 'cpu', tandemAlgebra.name, best),
      unit: ' ×',
      sense: 'at most',
      goal: 0.6,
      must: 1,
      obstacle:
        'Peers only transform and apply; the room also judges each edit by itself (duplicates, bounds, fit) and makes an entry and an answer of it.',
    } as const;
    return { tables: [table], bars: [bar] };
  },
};

/** Moves each op over what its author had not seen, and that over it. */
function deliver<MadeOp>(
  algebra: Algebra<MadeOp>,
  all: readonly Arrival[],
  ops: readonly MadeOp[],
  server: Server<MadeOp>,
  agents: number,
): void {
  /** For each author: others' ops that it has not read, moved over all that it has sent. */
  const unread: { at: number; op: MadeOp }[][] = Array.from({ length: agents }, () => []);
  for (const [index, { agent, seen }] of all.entries()) {
    let op = ops[index];
    if (op === undefined) throw new Error(`There is no op ${index}.`);
    const waiting = (unread[agent] ?? []).filter(({ at }) => at >= seen);
    unread[agent] = waiting;
    for (const entry of waiting) [entry.op, op] = algebra.transformPair(entry.op, op);
    const taken = server.take(op, agent);
    for (const [other, queue] of unread.entries()) if (other !== agent) queue.push({ at: index, op: taken });
  }
}

function plainServer<MadeOp>(algebra: Algebra<MadeOp>): Server<MadeOp> {
  const doc = algebra.openText();
  return {
    take(op) {
      doc.apply(op);
      return op;
    },
    text: () => doc.toString(),
  };
}

/** What `server/room` does with an edit between its queue and its log. */
function roomCore(agents: number): Server<Op> {
  const text = Text.of('');
  const settled = new Map<number, Settled>();
  for (let author = 0; author < agents; author++) settled.set(author, { seq: 0, rev: 0 });
  let rev = 0;
  const committed: Committed = {
    get rev() {
      return rev;
    },
    text,
    settledOf: (author) => settled.get(author) ?? null,
    since: () => [],
    stage: null,
  };
  return {
    take(op, author) {
      const seq = (settled.get(author)?.seq ?? 0) + 1;
      const { batch } = plan([{ kind: 'op', author, seq, rev, op, done: () => undefined }], committed, MOST_UNITS, 0);
      settled.set(author, { seq, rev });
      const [entry] = batch.entries;
      // Nothing was left of it.
      if (entry === undefined) return op;
      text.apply(entry.op);
      rev = entry.rev;
      return entry.op;
    },
    text: () => text.toString(),
  };
}

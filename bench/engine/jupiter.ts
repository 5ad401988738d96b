import { lengthChange, replacement, Text, transformPair, type Op } from '../../lib/ot/index.ts';
import type { ConcurrentTrace } from './traces.ts';

/** An edit as it comes to a server: made on a text of `length` units by `agent`, who had seen the entries before `seen`. */
export interface Arrival {
  agent: number;
  op: Op;
  length: number;
  /** The number of the first entry of others that its author had not seen. */
  seen: number;
}

interface Author {
  text: Text;
  /** Own ops that were not read back, each made to follow the entries read so far. */
  pending: Op[];
  read: number;
}

/**
 * The transactions of a recorded session in their order, each with what its author had seen of the others' and how long its
 * author's text was: some libraries have to be told. Replays it with both authors' texts once, before anything is measured.
 */
export function arrivals({ txns, numAgents }: ConcurrentTrace): Arrival[] {
  const newest: number[][] = [];
  const log: { agent: number; op: Op }[] = [];
  const unread: { at: number; op: Op }[][] = Array.from({ length: numAgents }, () => []);
  const authors: Author[] = Array.from({ length: numAgents }, () => ({ text: Text.of(''), pending: [], read: 0 }));
  return txns.map(({ parents, agent, patches }, index) => {
    const [patch] = patches;
    const author = authors[agent];
    if (author === undefined || patch === undefined) throw new Error(`Transaction ${index} is not one patch.`);
    const known = Array.from({ length: numAgents }, (_, other) =>
      Math.max(-1, ...parents.map((parent) => newest[parent]?.[other] ?? -1)),
    );
    const seen = Math.max(author.read, ...known.map((at, other) => (other === agent ? 0 : at + 1)));
    readLog(author, agent, log, seen);
    const op = replacement(...patch);
    const { length } = author.text;
    author.text.apply(op);
    author.pending.push(op);
    const waiting = (unread[agent] ?? []).filter(({ at }) => at >= seen);
    unread[agent] = waiting;
    let taken = op;
    for (const entry of waiting) [entry.op, taken] = transformPair(entry.op, taken);
    log.push({ agent, op: taken });
    for (const [other, queue] of unread.entries()) if (other !== agent) queue.push({ at: index, op: taken });
    known[agent] = index;
    newest.push(known);
    if (author.text.length !== length + lengthChange(op)) throw new Error(`Transaction ${index} does not fit.`);
    return { agent, op, length, seen };
  });
}

/** Others' entries go through what is pending, own ones are acknowledgements. */
function readLog(author: Author, agent: number, log: readonly { agent: number; op: Op }[], end: number): void {
  for (; author.read < end; author.read++) {
    const entry = log[author.read];
    if (entry === undefined) throw new RangeError(`The log has ${log.length} entries, not ${end}.`);
    if (entry.agent === agent) {
      author.pending.shift();
      continue;
    }
    let { op } = entry;
    for (const [index, pending] of author.pending.entries()) [op, author.pending[index]] = transformPair(op, pending);
    author.text.apply(op);
  }
}

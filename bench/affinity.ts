import { valueOf } from '../e2e/cluster/metrics-text.ts';
import { startPostgres, startServer, type TestServer } from '../e2e/harness/index.ts';
import { startRedis } from '../e2e/harness/redis.ts';
import { cpuOf } from './kit/cpu.ts';
import { takeTurns, tellLatency, tellRow } from './take-turns.ts';
import { openTypingRooms, type Typed } from './typing-rooms.ts';

/**
 * What it is worth that a balancer keeps a room on one node: 10 rooms of 6 people on three nodes, on Postgres and Redis, once
 * with everybody of a room on the same node, once with each on any. People connect to the nodes directly. Both take turns in
 * each round, in fresh rooms. It fails if any two screens or nodes end with different texts.
 *
 * Run after `npm run build`, on Linux: `npx tsx bench/affinity.ts [rounds]`. Medians of the rounds, with the range in brackets;
 * ratios are medians of the rounds' ratios against the first.
 */
const ROUNDS = Number(process.argv[2] ?? 5);
const NODES = 3;
const ROOMS = 10;
const WRITERS = 6;
/** A letter of each: somebody who writes without a pause, but not in a hurry. */
const LETTER_MS = 400;
const PACED_MS = 8_000;

interface Scene {
  name: string;
  nodeOf: (room: number) => number;
}

interface Round {
  /** CPU ms of all nodes for 1,000 edits on 1,000 screens. */
  cpu: number;
  /** For 1,000 edits. */
  conflicts: number;
  appends: number;
  paced: Typed;
}

const SCENES: readonly Scene[] = [
  { name: 'A room on one node', nodeOf: (room) => room % NODES },
  { name: 'Spread at random', nodeOf: () => Math.floor(Math.random() * NODES) },
];

const postgres = await startPostgres();
const redis = await startRedis();
const nodes: TestServer[] = [];

interface Counted {
  cpu: number;
  conflicts: number;
  batches: number;
}

async function read(): Promise<Counted> {
  const metrics = await Promise.all(nodes.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
  const total = (name: string) => metrics.reduce((sum, text) => sum + valueOf(text, name), 0);
  return {
    cpu: nodes.reduce((sum, { pid }) => sum + cpuOf(pid), 0),
    conflicts: total('tandem_conflicts_total'),
    batches: total('tandem_batch_edits_count'),
  };
}

async function measure({ nodeOf }: Scene): Promise<Round> {
  const urls = Array.from({ length: ROOMS * WRITERS }, (_, index) => {
    const node = nodes[nodeOf(Math.floor(index / WRITERS))];
    return node?.url ?? '';
  });
  const rooms = await openTypingRooms({
    rooms: ROOMS,
    writers: WRITERS,
    urlOf: (room, writer) => urls[room * WRITERS + writer] ?? '',
  });
  try {
    const before = await read();
    const paced = await rooms.atPace(LETTER_MS, PACED_MS);
    const after = await read();
    await rooms.agree();
    const used = (which: keyof Counted) => ((after[which] - before[which]) * 1_000) / paced.edits;
    const conflicts = used('conflicts');
    // A batch that met others' entries was appended once more.
    return { cpu: used('cpu') / WRITERS, conflicts, appends: used('batches') + conflicts, paced };
  } finally {
    rooms.close();
  }
}

function tell(name: string, rounds: readonly Round[], base: readonly Round[]): void {
  const row = (what: string, of: (round: Round) => number) => tellRow(what, { rounds, base, of });
  console.log(name);
  row('CPU of nodes, ms / 1,000 delivered edits', ({ cpu }) => cpu);
  row('appends / 1,000 edits', ({ appends }) => appends);
  row('  of which met entries of another node', ({ conflicts }) => conflicts);
  tellLatency(rounds, base);
}

try {
  const env = { TRUST_PROXY: '1', DATABASE_URL: await postgres.createDatabase('tandem'), REDIS_URL: redis.url };
  for (let index = 0; index < NODES; index++) nodes.push(await startServer({ env }));
  const results = await takeTurns(SCENES, ROUNDS, measure);
  const edits = (ROOMS * WRITERS * 1_000) / LETTER_MS;
  console.log(
    `${ROOMS} rooms of ${WRITERS} on ${NODES} nodes, a letter each ${LETTER_MS} ms (${edits} edits in a second)`,
  );
  for (const { name, rounds } of results) tell(name, rounds, results[0]?.rounds ?? []);
  console.log('All texts are equal.');
} finally {
  await Promise.all(nodes.map((node) => node.stop()));
  await redis.stop();
  await postgres.stop();
}

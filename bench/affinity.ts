import { cpus, loadavg } from 'node:os';
import { valueOf } from '../e2e/cluster/metrics-text.ts';
import { startPostgres, startServer, type TestServer } from '../e2e/harness/index.ts';
import { startRedis } from '../e2e/harness/redis.ts';
import { cpuOf } from './cpu.ts';
import { ratio, summary } from './numbers.ts';
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
  typed: Typed;
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
    const typed = await rooms.atPace(LETTER_MS, PACED_MS);
    const after = await read();
    await rooms.agree();
    const used = (which: keyof Counted) => ((after[which] - before[which]) * 1_000) / typed.edits;
    const conflicts = used('conflicts');
    // A batch that met others' entries was appended once more.
    return { cpu: used('cpu') / WRITERS, conflicts, appends: used('batches') + conflicts, typed };
  } finally {
    rooms.close();
  }
}

function tell(name: string, rounds: readonly Round[], base: readonly Round[]): void {
  const line = (what: string, of: (round: Round) => number, digits: number) => {
    const values = rounds.map(of);
    const compared = ratio(values, base.map(of));
    const times = Number.isFinite(compared) ? `× ${compared.toFixed(2)}` : '';
    console.log(`  ${what.padEnd(42)} ${summary(values, digits).padEnd(22)} ${times}`.trimEnd());
  };
  console.log(name);
  line('CPU of nodes, ms / 1,000 delivered edits', ({ cpu }) => cpu, 0);
  line('appends / 1,000 edits', ({ appends }) => appends, 0);
  line('  of which met entries of another node', ({ conflicts }) => conflicts, 0);
  line('to the acknowledgement, p50 ms', ({ typed }) => typed.toAck.p50, 1);
  line('to the acknowledgement, p95 ms', ({ typed }) => typed.toAck.p95, 1);
  line('to the others’ screens, p50 ms', ({ typed }) => typed.toOthers.p50, 1);
  line('to the others’ screens, p95 ms', ({ typed }) => typed.toOthers.p95, 1);
}

try {
  const env = { TRUST_PROXY: '1', DATABASE_URL: await postgres.createDatabase('tandem'), REDIS_URL: redis.url };
  for (let index = 0; index < NODES; index++) nodes.push(await startServer({ env }));
  // Compiles, and fills the caches.
  for (const scene of SCENES) await measure(scene);
  const results = SCENES.map((): Round[] => []);
  const loads: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, scene] of SCENES.entries()) {
      results[index]?.push(await measure(scene));
      loads.push(loadavg()[0] ?? Number.NaN);
    }
  }
  console.log(
    `${ROOMS} rooms of ${WRITERS} on ${NODES} nodes, a letter each ${LETTER_MS} ms (${(ROOMS * WRITERS * 1_000) / LETTER_MS} edits in a ` +
      `second), ${ROUNDS} rounds; ${cpus().length} cores, load ${summary(loads)}`,
  );
  for (const [index, { name }] of SCENES.entries()) tell(name, results[index] ?? [], results[0] ?? []);
  console.log('All texts are equal.');
} finally {
  await Promise.all(nodes.map((node) => node.stop()));
  await redis.stop();
  await postgres.stop();
}

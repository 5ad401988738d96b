import { startPostgres, startServer, type TestServer } from '../e2e/harness/index.ts';
import { startRedis } from '../e2e/harness/redis.ts';
import { cpuOf, cpuOfFamily } from './kit/cpu.ts';
import { takeTurns, tellLatency, tellRow } from './take-turns.ts';
import { openTypingRooms, type Typed, type TypingRooms } from './typing-rooms.ts';

/**
 * What several nodes cost: one with its embedded file, one on Postgres, two on Postgres and Redis, with the same load: 20 rooms
 * of 5 people. For two nodes everybody connects to one at random, so nearly every room is on both: the worst case. All take
 * turns in each round, in fresh rooms, first at a pace (CPU and latency), then flat out (edits in a second, with clients on the
 * same machine). It fails if any two screens or nodes end with different texts.
 *
 * Run after `npm run build`, on Linux: `npx tsx bench/cluster-cost.ts [rounds]`. Medians of the rounds, with the range in
 * brackets; ratios are medians of the rounds' ratios against the first scene.
 */
const ROUNDS = Number(process.argv[2] ?? 5);
const ROOMS = 20;
const WRITERS = 5;
/** A letter of each: somebody who writes without a pause, but not in a hurry. */
const LETTER_MS = 400;
const PACED_MS = 6_000;
const FLAT_OUT_MS = 4_000;

interface Scene {
  name: string;
  nodes: readonly TestServer[];
}

interface Round {
  /** CPU ms for 1,000 edits. */
  nodes: number;
  postgres: number;
  redis: number;
  paced: Typed;
  /** Edits in a second. */
  rate: number;
}

/** All robots have one address without it. */
const ENV = { TRUST_PROXY: '1' };

const postgres = await startPostgres();
const redis = await startRedis();
const started: TestServer[] = [];

async function start(env: Record<string, string> = {}): Promise<TestServer> {
  const node = await startServer({ env: { ...ENV, ...env } });
  started.push(node);
  return node;
}

/** How much CPU time each has used, in ms. */
async function meters({ nodes }: Scene): Promise<() => { nodes: number; postgres: number; redis: number }> {
  const [file] = await postgres.query<{ text: string }>("select pg_read_file('postmaster.pid') as text");
  const postmaster = Number.parseInt(file?.text ?? '', 10);
  const redisPid = Number(/process_id:(\d+)/.exec(await redis.ask('INFO', 'server'))?.[1]);
  return () => ({
    nodes: nodes.reduce((sum, { pid }) => sum + cpuOf(pid), 0),
    postgres: cpuOfFamily(postmaster),
    redis: cpuOf(redisPid),
  });
}

function openRooms({ nodes }: Scene): Promise<TypingRooms> {
  const urls = Array.from(
    { length: ROOMS * WRITERS },
    () => nodes[Math.floor(Math.random() * nodes.length)]?.url ?? '',
  );
  return openTypingRooms({
    rooms: ROOMS,
    writers: WRITERS,
    urlOf: (room, writer) => urls[room * WRITERS + writer] ?? '',
  });
}

async function measure(scene: Scene): Promise<Round> {
  const read = await meters(scene);
  const rooms = await openRooms(scene);
  try {
    const before = read();
    const paced = await rooms.atPace(LETTER_MS, PACED_MS);
    const after = read();
    const { edits, ms } = await rooms.flatOut(FLAT_OUT_MS);
    await rooms.agree();
    const used = (which: keyof typeof after) => ((after[which] - before[which]) * 1_000) / paced.edits;
    const rate = (edits * 1_000) / ms;
    return { nodes: used('nodes'), postgres: used('postgres'), redis: used('redis'), paced, rate };
  } finally {
    rooms.close();
  }
}

function tell(name: string, rounds: readonly Round[], base: readonly Round[]): void {
  const row = (what: string, of: (round: Round) => number) => tellRow(what, { rounds, base, of });
  console.log(name);
  row('CPU of nodes, ms / 1,000 edits', ({ nodes }) => nodes);
  row('  with Postgres and Redis', ({ nodes, postgres: store, redis: bus }) => nodes + store + bus);
  // Without ratios: one node with its file has nothing of them.
  tellRow('  Postgres alone', { rounds, base: [], of: ({ postgres: store }) => store });
  tellRow('  Redis alone', { rounds, base: [], of: ({ redis: bus }) => bus });
  tellLatency(rounds, base);
  row('flat out, edits in a second', ({ rate }) => rate);
}

try {
  const one = await postgres.createDatabase('one');
  const two = { DATABASE_URL: await postgres.createDatabase('two'), REDIS_URL: redis.url };
  const scenes: Scene[] = [
    { name: 'One node, embedded', nodes: [await start()] },
    { name: 'One node on Postgres', nodes: [await start({ DATABASE_URL: one })] },
    { name: 'Two nodes on Postgres and Redis', nodes: [await start(two), await start(two)] },
  ];
  const results = await takeTurns(scenes, ROUNDS, measure);
  const edits = (ROOMS * WRITERS * 1_000) / LETTER_MS;
  console.log(`${ROOMS} rooms of ${WRITERS}, a letter each ${LETTER_MS} ms (${edits} edits in a second)`);
  for (const { name, rounds } of results) tell(name, rounds, results[0]?.rounds ?? []);
  console.log('All texts are equal.');
} finally {
  await Promise.all(started.map((node) => node.stop()));
  await redis.stop();
  await postgres.stop();
}

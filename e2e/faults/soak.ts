import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../lib/testing/index.ts';
import {
  createRoom,
  eventually,
  faultsOf,
  freePort,
  healthy,
  pause,
  readLog,
  root,
  runSeed,
  spawnServer,
  temporaryFolder,
  type RunningProcess,
} from '../harness/index.ts';
import { misplaced, openTypist, percentile, type Typist } from './typist.ts';

const CLIENTS = 300;
const ROOMS = 30;
/** How long somebody stays, in ms; some close the page in the middle of a word. */
const STAY_MS = { least: 3_000, most: 30_000 };
const MOST_PAUSE_MS = 1_500;
/** A third of the rooms is left for new ones so often. */
const MOVE_MS = 30_000;
const SAMPLE_MS = 10_000;
/** Restarts in the first half; the second half is one life of the server, for its memory to be looked at. */
const RESTART_MS = 20_000;
/** Rooms leave the memory after a minute without anybody, and are looked at every second. */
const COOL_MS = 70_000;
/** Caches of the runtime, compiled code: what a process that has worked keeps over one that has not. */
const KEPT = { share: 1.3, bytes: 12_000_000 };

interface Sample {
  heapUsed: number;
  rss: number;
  sockets: number;
}

interface Visitor {
  token: string;
  typist: Typist;
}

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '5' } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new Error(`--minutes is ${values.minutes}; it must be a number above 0.`);
if (!existsSync(join(root, 'dist', 'server.mjs'))) throw new Error('There is no build yet. `npm run build` makes one.');
await soak(minutes * 60_000);

async function soak(totalMs: number): Promise<void> {
  const { seed, random, note } = runSeed();
  const port = await freePort();
  const dataDir = temporaryFolder();
  const url = `http://127.0.0.1:${port}`;
  const probe = pathToFileURL(join(root, 'e2e', 'faults', 'heap-probe.mjs')).href;
  const env = { NODE_OPTIONS: `--import=${probe}`, MAX_SOCKETS_PER_ADDRESS: '5000', LOG_LEVEL: 'warn' };
  const start = (): RunningProcess => spawnServer({ port, dataDir, env });
  let server = start();
  await healthy(url, server);
  console.log(`soak: ${totalMs / 60_000} minutes, ${CLIENTS} clients at a time in ${ROOMS} rooms (seed ${seed})`);

  const rooms: string[] = [];
  const moveHouse = async (count: number): Promise<void> => {
    const fresh = await Promise.all(Array.from({ length: count }, () => createRoom(url, { text: 'Minutes:\n' })));
    rooms.unshift(...fresh.map(({ links }) => links.edit.token));
  };
  await moveHouse(ROOMS);

  const began = performance.now();
  const elapsed = (): number => performance.now() - began;
  const acknowledged = new Map<string, string[]>();
  const latencies: number[] = [];
  const visitors = new Set<Visitor>();
  let restarts = 0;
  let visits = 0;

  /** One place of the crowd: somebody comes, types, goes, and somebody else comes. */
  async function place(index: number): Promise<void> {
    const own = seededRandom(random.int(2 ** 31));
    while (elapsed() < totalMs) {
      const token = rooms[own.int(ROOMS)] ?? '';
      const visitor = { token, typist: openTypist({ url, token, name: `v${index}-${visits++}` }) };
      visitors.add(visitor);
      const until = Math.min(totalMs, elapsed() + STAY_MS.least + own.int(STAY_MS.most - STAY_MS.least));
      while (elapsed() < until) {
        if (visitor.typist.robot.client.view().rev > 0) visitor.typist.type();
        await pause(own.int(MOST_PAUSE_MS));
      }
      leave(visitor);
    }
  }

  function leave(visitor: Visitor): void {
    const { token, typist } = visitor;
    typist.robot.close();
    visitors.delete(visitor);
    latencies.push(...typist.latencies);
    const known = acknowledged.get(token) ?? [];
    known.push(...typist.words.slice(0, typist.acknowledged));
    acknowledged.set(token, known);
  }

  function row(sample: Sample): void {
    const words = [...acknowledged.values()].reduce((sum, list) => sum + list.length, 0);
    const cells = [
      `${(elapsed() / 1000).toFixed(0)} s`,
      `${visitors.size}`,
      `${sample.sockets}`,
      megabytes(sample.heapUsed),
      megabytes(sample.rss),
      `${words}`,
      `${restarts}`,
    ];
    console.log(cells.map((cell) => cell.padStart(9)).join(''));
  }
  console.log(
    ['time', 'clients', 'sockets', 'heap MB', 'RSS MB', 'words', 'restarts'].map((c) => c.padStart(9)).join(''),
  );

  const places = Promise.all(Array.from({ length: CLIENTS }, (_, index) => place(index)));
  let baseline: Sample | null = null;
  let restartAt = RESTART_MS;
  let moveAt = MOVE_MS;
  while (elapsed() < totalMs) {
    await pause(Math.min(SAMPLE_MS, Math.max(0, totalMs - elapsed())));
    const half = elapsed() >= totalMs / 2;
    if ((elapsed() >= restartAt && !half) || (half && baseline === null)) {
      // Half of the ends are polite.
      const exit = await server.kill(restarts++ % 2 === 0 ? 'SIGTERM' : 'SIGKILL');
      if (exit.signal === null && exit.code !== 0)
        throw new Error(`The server ended with ${exit.code}:\n${server.output()}`);
      server = start();
      await healthy(url, server);
      if (half) baseline = await sampleOf(server);
      restartAt = elapsed() + RESTART_MS;
    }
    if (elapsed() >= moveAt && elapsed() < totalMs) {
      await moveHouse(ROOMS / 3);
      moveAt += MOVE_MS;
    }
    row(await sampleOf(server));
  }
  await places;

  console.log(`everybody has left; waiting ${COOL_MS / 1000} s for the rooms to leave the memory`);
  await pause(COOL_MS);
  const cooled = await sampleOf(server);
  row(cooled);
  await server.kill('SIGTERM');
  const faults = [
    ...judge(baseline, cooled),
    ...[...acknowledged].flatMap(([token, words]) => {
      const log = readLog(dataDir, token);
      const text = log.flatMap(({ op }) => op.filter((part) => typeof part === 'string')).join('');
      return [...faultsOf(log), ...misplaced(words, text).map((word) => `${word} is not there exactly once.`)];
    }),
  ];
  rmSync(dataDir, { recursive: true, force: true });
  console.log(
    `${visits} visits, ${restarts} restarts, p50 ${percentile(latencies, 0.5).toFixed(1)} ms, p95 ` +
      `${percentile(latencies, 0.95).toFixed(1)} ms; baseline ${megabytes(baseline?.heapUsed ?? 0)} MB of heap, in the end ` +
      `${megabytes(cooled.heapUsed)} MB`,
  );
  if (faults.length > 0) throw new Error(`${faults.slice(0, 20).join('\n')}\n${note}`);
  console.log('Nothing acknowledged is lost, nothing is there twice, memory and sockets are as before.');
}

function judge(before: Sample | null, after: Sample): string[] {
  if (before === null) return ['There is no baseline: the run was too short.'];
  const most = before.heapUsed * KEPT.share + KEPT.bytes;
  return [
    ...(after.heapUsed > most
      ? [`The heap is ${megabytes(after.heapUsed)} MB; ${megabytes(most)} MB were allowed.`]
      : []),
    ...(after.sockets > before.sockets + 2 ? [`${after.sockets} sockets are open.`] : []),
  ];
}

/** Asks the process what it holds. */
async function sampleOf(server: RunningProcess): Promise<Sample> {
  const said = (): string[] => [...server.output().matchAll(/^heap-probe (.*)$/gm)].map(([, json]) => json ?? '');
  const before = said().length;
  process.kill(server.pid, 'SIGUSR2');
  return JSON.parse(await eventually('the heap probe', () => said()[before])) as Sample;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

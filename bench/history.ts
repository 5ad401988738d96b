import { rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { seededRandom } from '../lib/testing/index.ts';
import { freePort, freshToken, healthy, request, spawnServer, temporaryFolder } from '../e2e/harness/index.ts';
import { BETWEEN_MS, writeLongRoom } from './long-room.ts';
import { summary } from './kit/numbers.ts';

/**
 * How long questions about a long history take: at any revision, the timeline, what changed, who wrote what, and taking a
 * person back. The room is written into the storage as the server would have written it, and the real server answers.
 *
 * Run after `npm run build`: `npx tsx bench/history.ts [revisions] [units] [busy]`. `units`: about how long the text is.
 * `busy`: while two other programs keep two cores busy. Milliseconds: median and range, and the first time, when the server
 * remembers nothing, by itself.
 */
const REVISIONS = Number(process.argv[2] ?? 50_000);
const UNITS = Number(process.argv[3] ?? 20_000);
const BUSY = process.argv.includes('busy');
/** Each question so many times. */
const TIMES = 15;

const dataDir = temporaryFolder();
const token = freshToken();
await writeLongRoom({ dataDir, token, revisions: REVISIONS, units: UNITS });
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const server = spawnServer({ port, dataDir, env: { MAX_SOCKETS_PER_ADDRESS: '10000' } });
try {
  await healthy(url, server);
  const stop = BUSY ? await keepBusy() : () => undefined;
  const random = seededRandom(7);
  const rev = (): number => 1 + random.int(REVISIONS);
  console.log(
    `${REVISIONS} revisions, ${UNITS} units${BUSY ? ', two cores busy' : ''}; load ${loadavg()[0]?.toFixed(1)}`,
  );
  await tell('timeline', () => '/timeline');
  await tell('at', () => `/at?rev=${rev()}`);
  await tell('entries', () => `?from=${Math.max(1, rev() - 1_000)}`);
  await tell('since', () => `/since?at=${rev() * BETWEEN_MS}`);
  await tell('authorship, newest', () => '/authorship');
  await tell('authorship, any', () => `/authorship?rev=${rev()}`);
  await tell('changes, newest 1,000', () => `/changes?from=${REVISIONS - 1_000}`);
  await tell('changes, all', () => '/changes?from=0');
  await tell('undo, newest 1,000', () => `/undo?author=3&since=${REVISIONS - 1_000}`);
  await tell('undo, all', () => '/undo?author=3&since=0');
  stop();
} finally {
  await server.kill('SIGTERM');
  rmSync(dataDir, { recursive: true, force: true });
}

async function tell(what: string, place: () => string): Promise<void> {
  const times: number[] = [];
  let bytes = 0;
  for (let count = 0; count <= TIMES; count++) {
    const began = performance.now();
    const answer = await request(url, 'GET', `/api/rooms/${token}/history${place()}`);
    times.push(performance.now() - began);
    if (answer.status !== 200) throw new Error(`${what}: ${answer.status} ${answer.text()}`);
    bytes = answer.bytes.length;
  }
  const [first = Number.NaN, ...others] = times;
  console.log(
    `${what.padEnd(24)} ${summary(others, 0).padEnd(22)} first ${first.toFixed(0).padStart(5)}   ${(bytes / 1_000).toFixed(0)} KB`,
  );
}

/** Two programs that do nothing but work. Returns how to end them. */
async function keepBusy(): Promise<() => void> {
  const { spawn } = await import('node:child_process');
  const children = Array.from({ length: 2 }, () => spawn(process.execPath, ['-e', 'for (;;) {}'], { stdio: 'ignore' }));
  return () => {
    for (const child of children) child.kill('SIGKILL');
  };
}

import { rmSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { seededRandom } from '../../lib/testing/index.ts';
import {
  createRoom,
  eventually,
  faultsOf,
  freePort,
  healthy,
  readLog,
  runSeed,
  spawnServer,
  temporaryFolder,
  within,
} from '../harness/index.ts';
import { misplaced, openTypist, percentile } from './typist.ts';

const ROOMS = 20;
const CLIENTS_PER_ROOM = 50;
/** One in so many people is typing when the server is asked to stop. */
const TYPES_ONE_IN = 10;
const MOST_PAUSE_MS = 100;
/** Sockets are opened in groups, since people do not all come in one millisecond. */
const GROUP = 100;
/** A supervisor's patience. */
const STOP_MS = 10_000;
/** Everybody has tried and failed at least once when the server is there again: waits up to a second or two follow. */
const BACK_MS = 20_000;
/** Coming back counts as a stampede when more than half of all do it within this, in ms. */
const SLICE_MS = 100;

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

it(`[R-stop] [P3] [P5] ${ROOMS * CLIENTS_PER_ROOM} clients survive a restart: exit 0 in time, all of them come back spread over a while, no edit is lost`, async () => {
  const { seed, random, note } = runSeed();
  const port = await freePort();
  const dataDir = temporaryFolder();
  const url = `http://127.0.0.1:${port}`;
  const env = { MAX_SOCKETS_PER_ADDRESS: '5000' };
  let server = spawnServer({ port, dataDir, env });
  stops.push(
    () => rmSync(dataDir, { recursive: true, force: true }),
    () => server.kill('SIGKILL'),
  );
  await healthy(url, server);
  const tokens = await Promise.all(
    Array.from({ length: ROOMS }, async () => (await createRoom(url, { text: 'Minutes:\n' })).links.edit.token),
  );
  const people = tokens.flatMap((token, room) =>
    Array.from({ length: CLIENTS_PER_ROOM }, (_, index) => ({ token, name: `${room}-${index}` })),
  );
  const clients: { token: string; typist: ReturnType<typeof openTypist> }[] = [];
  stops.push(() => clients.forEach(({ typist }) => typist.robot.close()));
  const online = (): number => clients.filter(({ typist }) => typist.robot.client.view().online).length;
  for (let first = 0; first < people.length; first += GROUP) {
    for (const { token, name } of people.slice(first, first + GROUP)) {
      clients.push({ token, typist: openTypist({ url, token, name }) });
    }
    await eventually('a group to be online', () => online() === clients.length, 30_000);
  }

  let over = false;
  const typing = Promise.all(
    clients
      .filter((_, index) => index % TYPES_ONE_IN === 0)
      .map(({ typist }) => typist.typeUntil(() => over, seededRandom(random.int(2 ** 31)), MOST_PAUSE_MS)),
  );
  await eventually('words to be on disk', () => clients.some(({ typist }) => typist.acknowledged > 3));
  const asked = performance.now();
  const exit = await within(STOP_MS, 'the server to stop', server.kill('SIGTERM'));
  const stopMs = performance.now() - asked;
  expect(exit, `${note} ${server.output().slice(-500)}`).toEqual({ code: 0, signal: null });
  await eventually('everybody to know that the server is gone', () => online() === 0);

  const backAt = new Map<number, number>();
  clients.forEach(({ typist }, index) =>
    typist.robot.client.subscribe(() => {
      if (typist.robot.client.view().online && !backAt.has(index)) backAt.set(index, performance.now());
    }),
  );
  server = spawnServer({ port, dataDir, env });
  await healthy(url, server);
  const ready = performance.now();
  await eventually('everybody to be back', () => backAt.size === clients.length, BACK_MS);

  over = true;
  await typing;
  await Promise.all(clients.map(({ typist }) => typist.robot.settled()));

  const times = [...backAt.values()];
  const first = Math.min(...times);
  const slices = new Map<number, number>();
  for (const at of times) {
    const slice = Math.floor((at - first) / SLICE_MS);
    slices.set(slice, (slices.get(slice) ?? 0) + 1);
  }
  const busiest = Math.max(...slices.values());
  expect(busiest, `${note}: came back within ${SLICE_MS} ms`).toBeLessThan(clients.length / 2);
  expect(
    clients.flatMap(({ typist }) => typist.robot.notices),
    note,
  ).toEqual([]);

  await server.kill('SIGTERM');
  for (const token of tokens) {
    const log = readLog(dataDir, token);
    const text = log.flatMap(({ op }) => op.filter((part) => typeof part === 'string')).join('');
    const words = clients.filter((one) => one.token === token).flatMap(({ typist }) => typist.words);
    expect(faultsOf(log), note).toEqual([]);
    expect(misplaced(words, text), note).toEqual([]);
  }
  const typed = clients.reduce((sum, { typist }) => sum + typist.words.length, 0);
  console.log(
    `stampede: stopped in ${stopMs.toFixed(0)} ms; all ${clients.length} back ${(Math.max(...times) - ready).toFixed(0)} ms ` +
      `after the server was (half after ${(percentile(times, 0.5) - ready).toFixed(0)}), at most ${busiest} within ` +
      `${SLICE_MS} ms; ${typed} words, all there once (seed ${seed})`,
  );
}, 180_000);

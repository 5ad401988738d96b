import { rmSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { seededRandom } from '../../lib/testing/index.ts';
import {
  createRoom,
  eventually,
  faultsOf,
  join,
  pause,
  readLog,
  readText,
  request,
  runSeed,
  startServer,
  temporaryFolder,
} from '../harness/index.ts';
import { smallDisk } from './small-disk.ts';
import { misplaced, openTypist } from './typist.ts';

const ROOMS = 2;
const TYPISTS_PER_ROOM = 5;
const MOST_PAUSE_MS = 100;
/** How long everybody types onto a disk that is full. */
const FULL_MS = 2_000;

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

it('[P2] [P3] [P5] [P8] a disk that fills up under typing: nothing is acknowledged, everybody is told, and all goes on when there is space again', async () => {
  const { seed, random, note } = runSeed();
  const disk = smallDisk();
  const server = await startServer(disk.wrapper ? { wrapper: disk.wrapper } : {});
  stops.push(() => server.stop());
  const tokens = await Promise.all(
    Array.from({ length: ROOMS }, async () => (await createRoom(server.url, { text: 'Minutes:\n' })).links.edit.token),
  );
  const typists = tokens.flatMap((token, room) =>
    Array.from({ length: TYPISTS_PER_ROOM }, (_, index) => ({
      token,
      random: seededRandom(random.int(2 ** 31)),
      typist: openTypist({ url: server.url, token, name: `${room}-${index}` }),
    })),
  );
  stops.push(() => typists.forEach(({ typist }) => typist.robot.close()));
  await Promise.all(typists.map(({ typist }) => typist.robot.settled()));
  const { peer } = await join(server.url, tokens[0] ?? '');

  let over = false;
  const typing = Promise.all(
    typists.map(({ typist, random: own }) => typist.typeUntil(() => over, own, MOST_PAUSE_MS)),
  );
  await eventually('everybody to have words on disk', () => typists.every(({ typist }) => typist.acknowledged > 3));

  disk.fill(server);
  const told = (): boolean => typists.every(({ typist }) => typist.robot.client.view().status.kind === 'cannotWrite');
  await eventually('everybody to be told that nothing can be written', told);
  expect((await peer.next('store')).ok, note).toBe(false);
  const before = typists.map(({ typist }) => typist.acknowledged);
  await pause(FULL_MS);
  expect(
    typists.map(({ typist }) => typist.acknowledged),
    `${note}: acknowledged without a disk`,
  ).toEqual(before);
  expect(told(), note).toBe(true);
  expect((await request(server.url, 'GET', '/readyz')).status, note).toBe(503);
  expect((await request(server.url, 'GET', '/healthz')).status, note).toBe(200);
  // What is there can still be read.
  expect((await readText(server.url, tokens[0] ?? '')).text, note).toContain('Minutes:');

  disk.free(server);
  await eventually('the server to say that it can write again', () =>
    peer.heard.some((one) => one.t === 'store' && one.ok),
  );
  over = true;
  await typing;
  await Promise.all(typists.map(({ typist }) => typist.robot.settled()));
  expect((await request(server.url, 'GET', '/readyz')).status, note).toBe(200);

  for (const token of tokens) {
    const { text, rev } = await readText(server.url, token);
    const here = typists.filter((one) => one.token === token);
    await Promise.all(here.map(({ typist }) => typist.robot.caughtUp(rev)));
    expect(
      here.map(({ typist }) => typist.robot.text() === text),
      note,
    ).toEqual(here.map(() => true));
    expect(
      misplaced(
        here.flatMap(({ typist }) => typist.words),
        text,
      ),
      note,
    ).toEqual([]);
  }
  const copy = temporaryFolder();
  stops.push(() => rmSync(copy, { recursive: true, force: true }));
  disk.copyOut(server, copy);
  for (const token of tokens) expect(faultsOf(readLog(copy, token)), note).toEqual([]);
  const typed = typists.reduce((sum, { typist }) => sum + typist.words.length, 0);
  console.log(`disk full: ${disk.kind}, ${typed} words, all there once (seed ${seed})`);
}, 120_000);

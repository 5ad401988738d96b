import { rmSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { seededRandom } from '../../lib/testing/index.ts';
import {
  createRoom,
  eventually,
  faultsOf,
  freePort,
  healthy,
  pause,
  readLog,
  runSeed,
  spawnServer,
  temporaryFolder,
  type StoredEntry,
} from '../harness/index.ts';
import { misplaced, openTypist } from './typist.ts';

const KILLS = Number(process.env['KILLS'] ?? 50);
const ROOMS = 5;
const TYPISTS_PER_ROOM = 10;
/** Between two words of one typist: edits are under way whenever the server dies. */
const MOST_PAUSE_MS = 150;
/** A life of the server ends when so many more words are on disk, and a while of up to this long after. */
const WORDS_A_LIFE = 30;
const MOST_LIFE_MS = 100;

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

it(`[P2] [P3] [P5] ${KILLS} SIGKILLs under ${ROOMS * TYPISTS_PER_ROOM} people who never stop typing: nothing acknowledged is lost, nothing is there twice, nobody loses a word`, async () => {
  const { seed, random, note } = runSeed();
  const port = await freePort();
  const dataDir = temporaryFolder();
  const url = `http://127.0.0.1:${port}`;
  let server = spawnServer({ port, dataDir });
  stops.push(
    () => rmSync(dataDir, { recursive: true, force: true }),
    () => server.kill('SIGKILL'),
  );
  await healthy(url, server);
  const tokens = await Promise.all(
    Array.from({ length: ROOMS }, async () => (await createRoom(url, { text: 'Minutes:\n' })).links.edit.token),
  );
  const typists = tokens.flatMap((token, room) =>
    Array.from({ length: TYPISTS_PER_ROOM }, (_, index) => ({
      token,
      random: seededRandom(random.int(2 ** 31)),
      typist: openTypist({ url, token, name: `${room}-${index}` }),
    })),
  );
  stops.push(() => typists.forEach(({ typist }) => typist.robot.close()));
  await Promise.all(typists.map(({ typist }) => typist.robot.settled()));

  let over = false;
  const typing = Promise.all(
    typists.map(({ typist, random: own }) => typist.typeUntil(() => over, own, MOST_PAUSE_MS)),
  );
  const acknowledged = (): number => typists.reduce((sum, { typist }) => sum + typist.acknowledged, 0);
  for (let kill = 1; kill <= KILLS; kill++) {
    const before = acknowledged();
    await eventually('words to be acknowledged', () => acknowledged() >= before + WORDS_A_LIFE, 30_000);
    await pause(random.int(MOST_LIFE_MS));
    await server.kill('SIGKILL');
    for (const token of tokens) {
      const inLog = insertedIn(readLog(dataDir, token));
      const due = typists
        .filter((one) => one.token === token)
        .flatMap(({ typist }) => typist.words.slice(0, typist.acknowledged));
      expect(misplaced(due, inLog), `kill ${kill} ${note}: acknowledged, but not on disk exactly once`).toEqual([]);
    }
    server = spawnServer({ port, dataDir });
    // The pages come later; rooms are served by then, and may be killed before pages are.
    await eventually('the server to serve rooms', async () => (await fetch(`${url}/healthz`)).ok, 30_000);
    for (const { typist } of typists) typist.robot.goOnline();
  }
  over = true;
  await typing;
  await Promise.all(typists.map(({ typist }) => typist.robot.settled()));
  await server.kill('SIGKILL');

  for (const token of tokens) {
    const log = readLog(dataDir, token);
    const words = typists.filter((one) => one.token === token).flatMap(({ typist }) => typist.words);
    expect(faultsOf(log), note).toEqual([]);
    expect(misplaced(words, insertedIn(log)), `${note}: typed, but not there exactly once`).toEqual([]);
  }
  expect(
    typists.flatMap(({ typist }) => typist.robot.notices),
    note,
  ).toEqual([]);
  const typed = typists.reduce((sum, { typist }) => sum + typist.words.length, 0);
  console.log(`kill -9: ${KILLS} kills, ${typed} words, all there once (seed ${seed})`);
}, 300_000);

/** Everything that was ever written, in order; nobody deletes here, so each word stays whole. */
function insertedIn(log: readonly StoredEntry[]): string {
  return log.flatMap(({ op }) => op.filter((part) => typeof part === 'string')).join('');
}

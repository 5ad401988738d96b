import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createRoom,
  faultsOf,
  pause,
  randomEdit,
  readLog,
  readText,
  runSeed,
  startServer,
  type TestServer,
} from '../harness/index.ts';
import { openRobot, type Robot } from '../harness/robot.ts';
import { apply } from '../../lib/ot/index.ts';
import { type SeededRandom, seededRandom } from '../../lib/testing/index.ts';

const CLIENTS = 50;
const EDITS = 200;
/** One in so many edits is followed by a disconnect. */
const DISCONNECT_EVERY = 40;
/** Between two edits of one client: a fast typist, so that connections break while edits are under way. */
const MOST_PAUSE_MS = 60;

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
});

it(`[P1] [P3] [P4] ${CLIENTS} clients with ${EDITS} random edits each and random disconnects end with one text`, async () => {
  const { seed, random, note } = runSeed();
  console.log(`fifty clients: seed ${seed}`);
  const { links } = await createRoom(server.url, { text: 'Once upon a time 🙂\n' });
  const robots = Array.from({ length: CLIENTS }, (_, index) => {
    const own = seededRandom(random.int(2 ** 31));
    return {
      own,
      robot: openRobot({ url: server.url, token: links.edit.token, name: `Robot ${index}`, random: own.next }),
    };
  });
  await Promise.all(robots.map(({ robot }) => robot.settled()));

  await Promise.all(robots.map(({ robot, own }) => typeAway(robot, own)));
  await Promise.all(robots.map(({ robot }) => robot.settled(120_000)));
  const { text, rev } = await readText(server.url, links.edit.token);
  await Promise.all(robots.map(({ robot }) => robot.caughtUp(rev)));

  for (const { robot } of robots) {
    expect(robot.text() === text, `${note} a client has another text`).toBe(true);
    expect(robot.client.text() === text, note).toBe(true);
    // A text that had to be healed was wrong before.
    expect(robot.notices, note).toEqual([]);
    robot.close();
  }

  await server.kill('SIGTERM');
  const log = readLog(server.dataDir, links.edit.token);
  expect(faultsOf(log), note).toEqual([]);
  expect(log.length, note).toBe(rev);
  // Everybody but the room's maker has written something, and nothing but what is in the log made the text.
  expect(new Set(log.map(({ author }) => author)).size, note).toBeGreaterThanOrEqual(CLIENTS);
  expect(log.reduce((now, { op }) => apply(now, op), '') === text, note).toBe(true);
}, 300_000);

/** Edits like somebody on a bad train connection: the socket is cut, or the network is gone for a while. */
async function typeAway(robot: Robot, random: SeededRandom): Promise<void> {
  for (let edit = 0; edit < EDITS; edit++) {
    robot.edit(randomEdit(random, robot.editor));
    if (random.int(DISCONNECT_EVERY) === 0) {
      if (random.int(2) === 0) robot.cut();
      else robot.goOffline();
    }
    await pause(random.int(MOST_PAUSE_MS));
    if (random.int(10) === 0) robot.goOnline();
  }
  robot.goOnline();
}

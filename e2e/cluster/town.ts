import { expect } from 'vitest';
import { apply, fnv1a } from '../../lib/ot/index.ts';
import { seededRandom, type SeededRandom } from '../../lib/testing/index.ts';
import { misplaced, openTypist } from '../faults/typist.ts';
import { createRoom, faultsOf, pause, randomEdit, readText } from '../harness/index.ts';
import { openRobot, type Robot } from '../harness/robot.ts';
import type { Cluster } from './cluster.ts';
import { readClusterLog } from './cluster-log.ts';

/** People who write in several rooms of a cluster, all at once, through nginx. */
export interface Town {
  readonly robots: readonly Robot[];
  /** How many edits were made so far. */
  readonly edits: number;
  /** Begins to type; nobody waits for anything. */
  begin(): void;
  /**
   * Ends the typing, and proves that nothing of it was lost or doubled, that all see one text, and that nobody's client
   * gave up or had to heal. `note` goes into whatever fails.
   */
  prove(note: string): Promise<void>;
  close(): void;
}

export interface TownOptions {
  cluster: Cluster;
  random: SeededRandom;
  /** Rooms whose people write words that nobody else writes. */
  rooms: number;
  /** In each of them. */
  people: number;
  /** In one room more, where everybody edits anywhere at random; without them there is none. */
  wanderers: number;
}

/** Between two edits of one person at the most, in ms: some hundred edits a second from thirty people. */
const MOST_PAUSE_MS = 400;
/** After a failure everything is acknowledged within this, in ms: outages have made people wait up to half a minute. */
const SETTLE_MS = 90_000;

interface Inhabitant {
  room: Room;
  robot: Robot;
  /** Unique words; none from those who edit at random. */
  words: readonly string[];
  edit: () => void;
  random: SeededRandom;
}

interface Room {
  token: string;
  inhabitants: Inhabitant[];
}

/** Opens the rooms, and lets everybody in. */
export async function openTown({ cluster, random, rooms: count, people, wanderers }: TownOptions): Promise<Town> {
  const rooms: Room[] = [];
  for (let index = 0; index < count + Math.min(wanderers, 1); index++) {
    const { links } = await createRoom(cluster.url, { text: 'Once upon a time 🙂\n' });
    const room: Room = { token: links.edit.token, inhabitants: [] };
    const inside = index < count ? people : wanderers;
    for (let place = 0; place < inside; place++) {
      room.inhabitants.push(settle(room, `${index}-${place}`, index === count));
    }
    rooms.push(room);
  }
  const inhabitants = rooms.flatMap((room) => room.inhabitants);
  let edits = 0;
  let over = false;
  let typing: Promise<unknown> = Promise.resolve();
  await Promise.all(inhabitants.map(({ robot }) => robot.settled()));

  function settle(room: Room, name: string, anywhere: boolean): Inhabitant {
    const own = seededRandom(random.int(2 ** 31));
    const shard = fnv1a(room.token);
    const options = { url: cluster.url, token: room.token, shard, name, random: own.next };
    if (!anywhere) {
      const typist = openTypist(options);
      return { room, robot: typist.robot, words: typist.words, edit: () => typist.type(), random: own };
    }
    const robot = openRobot(options);
    return { room, robot, words: [], edit: () => robot.edit(randomEdit(own, robot.editor)), random: own };
  }

  async function typeAway({ edit, random: own }: Inhabitant): Promise<void> {
    while (!over) {
      edit();
      edits++;
      await pause(own.int(MOST_PAUSE_MS));
    }
  }

  return {
    robots: inhabitants.map(({ robot }) => robot),
    get edits() {
      return edits;
    },
    begin() {
      typing = Promise.all(inhabitants.map(typeAway));
    },
    async prove(note) {
      over = true;
      await typing;
      await Promise.all(inhabitants.map(({ robot }) => robot.settled(SETTLE_MS)));
      for (const room of rooms) await proveRoom(cluster, room, note);
    },
    close() {
      over = true;
      for (const { robot } of inhabitants) robot.close();
    },
  };
}

async function proveRoom(cluster: Cluster, { token, inhabitants }: Room, note: string): Promise<void> {
  const { text, rev } = await readText(cluster.url, token);
  await Promise.all(inhabitants.map(({ robot }) => robot.caughtUp(rev, SETTLE_MS)));
  for (const { robot } of inhabitants) {
    expect(robot.text() === text, `${note}: a client shows another text than the server`).toBe(true);
    // A text that had to be healed was wrong before, and one that was put aside was not merged.
    const harms = robot.notices.filter(({ kind }) => kind === 'healed' || kind === 'rebased');
    expect(harms, note).toEqual([]);
  }
  const words = inhabitants.flatMap((inhabitant) => inhabitant.words);
  expect(misplaced(words, text), `${note}: words that are not there exactly once`).toEqual([]);
  const log = await readClusterLog(cluster.postgres, token);
  expect(faultsOf(log), note).toEqual([]);
  expect(log.length, note).toBe(rev);
  expect(log.reduce((now, { op }) => apply(now, op), '') === text, `${note}: the log makes another text`).toBe(true);
}

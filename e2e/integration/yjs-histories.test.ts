import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { apply, replacement } from '../../lib/ot/index.ts';
import { type SeededRandom, seededRandom } from '../../lib/testing/index.ts';
import {
  createRoom,
  eventually,
  faultsOf,
  pause,
  readText,
  readYjsRoom,
  runSeed,
  startServer,
  type TestServer,
} from '../harness/index.ts';
import { openRobot } from '../harness/robot.ts';
import { openYjsRobot } from '../harness/yjs-robot.ts';

/** Histories that share one server at a time, and so its restarts. */
const WAVES = 2;
const ROOMS = 10;
const OF_EACH_KIND = 3;
/** How long everybody writes, in ms. */
const LIFE_MS = 7_000;
/** Between two actions of one client. */
const MOST_PAUSE_MS = 400;
/** When the server dies, from the beginning of a wave, and how. */
const RESTARTS: readonly [atMs: number, signal: 'SIGKILL' | 'SIGTERM'][] = [
  [1_500, 'SIGKILL'],
  [4_500, 'SIGTERM'],
];

let server: TestServer;
beforeAll(async () => {
  // Stock clients write there why a socket was closed.
  vi.spyOn(console, 'warn').mockReturnValue();
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
});

/** Somebody in a room, whatever is spoken: hands, and a network that can go. */
interface Hands {
  text(): string;
  replace(from: number, length: number, insert: string): void;
  cut(): void;
  goOffline(): void;
  goOnline(): void;
  close(): void;
}

/** What a room's text must be made of at the end: every word that was written and that nobody deleted, once. */
class Words {
  readonly written = new Set<string>();
  readonly deleted = new Set<string>();

  /** What is wrong with `text`. */
  faultsOf(text: string): string[] {
    const counts = new Map<string, number>();
    for (const word of text.match(/<[^<>]*>/g) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
    const expected = [...this.written].filter((word) => !this.deleted.has(word));
    const lost = expected.filter((word) => !counts.has(word));
    const doubled = [...counts].filter(([, count]) => count > 1).map(([word]) => word);
    const foreign = [...counts.keys()].filter((word) => !this.written.has(word) || this.deleted.has(word));
    const rest = text.replaceAll(/<[^<>]*>/g, '');
    return [
      ...lost.map((word) => `${word} is lost`),
      ...doubled.map((word) => `${word} is there ${counts.get(word)} times`),
      ...foreign.map((word) => `${word} should not be there`),
      ...(rest === '' ? [] : [`${JSON.stringify(rest)} is no word`]),
    ];
  }
}

it(`[P1] [P2] [P3] [P4] [P12] ${WAVES * ROOMS} histories of OT and Yjs clients, restarts included, each end with one text and one log`, async () => {
  const { seed, random, note } = runSeed();
  console.log(`yjs histories: seed ${seed}`);
  let entries = 0;
  let withBytes = 0;
  for (let wave = 0; wave < WAVES; wave++) {
    const rooms = await Promise.all(
      Array.from({ length: ROOMS }, (_, room) => openHistory(`${wave}.${room}`, seededRandom(random.int(2 ** 31)))),
    );
    const until = performance.now() + LIFE_MS;
    await Promise.all([restarts(), ...rooms.map((room) => room.live(until))]);
    await Promise.all(rooms.map((room) => room.agree(note)));
    await server.kill(wave % 2 === 0 ? 'SIGTERM' : 'SIGKILL');
    for (const room of rooms) {
      const counts = room.checkLog(note);
      entries += counts.entries;
      withBytes += counts.withBytes;
    }
    await server.restart();
    await Promise.all(rooms.map((room) => room.checkServed(note)));
  }
  console.log(`yjs histories: ${entries} entries, ${withBytes} of them with bytes`);
  // Nothing is shown by people who did nothing. A machine that does something else leaves them fewer edits.
  expect(withBytes, note).toBeGreaterThan(WAVES * ROOMS * 5);
}, 240_000);

async function restarts(): Promise<void> {
  let at = 0;
  for (const [atMs, signal] of RESTARTS) {
    await pause(Math.max(0, atMs - at));
    const began = performance.now();
    await server.kill(signal);
    await server.restart();
    at = atMs + performance.now() - began;
  }
}

async function openHistory(name: string, random: SeededRandom) {
  const words = new Words();
  const first = `<${name}.0🙂>`;
  words.written.add(first);
  const { links } = await createRoom(server.url, { text: first });
  const { token } = links.edit;
  const robots = Array.from({ length: OF_EACH_KIND }, (_, index) =>
    openRobot({
      url: server.url,
      token,
      name: `Robot ${name}.${index}`,
      random: seededRandom(random.int(2 ** 31)).next,
    }),
  );
  const yjsRobots = Array.from({ length: OF_EACH_KIND }, (_, index) =>
    openYjsRobot({ url: server.url, token, name: `Yjs ${name}.${index}` }),
  );
  await Promise.all([...robots.map((robot) => robot.settled()), ...yjsRobots.map((robot) => robot.synced())]);
  const people: Hands[] = [
    ...robots.map((robot) => ({
      text: () => robot.text(),
      replace: (from: number, length: number, insert: string) => robot.edit(replacement(from, length, insert)),
      cut: () => robot.cut(),
      goOffline: () => robot.goOffline(),
      goOnline: () => robot.goOnline(),
      close: () => robot.close(),
    })),
    ...yjsRobots.map((robot) => ({
      text: () => robot.text(),
      replace: (from: number, length: number, insert: string) =>
        robot.doc.transact(() => {
          if (length > 0) robot.ytext.delete(from, length);
          if (insert !== '') robot.ytext.insert(from, insert);
        }),
      cut: () => robot.cut(),
      goOffline: () => robot.goOffline(),
      goOnline: () => robot.goOnline(),
      close: () => robot.close(),
    })),
  ];
  let final = { text: '', rev: 0 };

  return {
    async live(until: number): Promise<void> {
      // One of each kind is away for most of the time.
      const away = new Set([people[0], people[OF_EACH_KIND]]);
      await Promise.all(
        people.map((hands, index) =>
          live(hands, {
            name: `${name}.${index + 1}`,
            words,
            random: seededRandom(random.int(2 ** 31)),
            until,
            isAway: away.has(hands),
          }),
        ),
      );
    },

    /** Everybody shows what the server has. */
    async agree(note: string): Promise<void> {
      await Promise.all(robots.map((robot) => robot.settled(30_000)));
      await eventually(
        `room ${name} to have one text ${note}`,
        async () => {
          final = await readText(server.url, token);
          const texts = people.map((hands) => hands.text());
          const other = texts.findIndex((text) => text !== final.text);
          if (other < 0) return true;
          throw new Error(
            `client ${other + 1} shows ${JSON.stringify(texts[other])}, the server ${JSON.stringify(final.text)}`,
          );
        },
        30_000,
      );
      await Promise.all(robots.map((robot) => robot.caughtUp(final.rev)));
      expect(words.faultsOf(final.text), `room ${name} ${note}`).toEqual([]);
      for (const robot of robots) expect(robot.notices, `room ${name} ${note}`).toEqual([]);
      for (const robot of yjsRobots) {
        expect(robot.isDismissed, `room ${name} ${note}`).toBe(false);
        expect(robot.ytext.length === final.text.length, `room ${name} ${note}`).toBe(true);
      }
      for (const hands of people) hands.close();
    },

    /** What lies on disk says the same, at every revision. */
    checkLog(note: string): { entries: number; withBytes: number } {
      const context = `room ${name} ${note}`;
      const { entries, lineage } = readYjsRoom(server.dataDir, token);
      expect(faultsOf(entries), context).toEqual([]);
      expect(lineage?.root, context).toBe('codemirror');
      const doc = new Y.Doc();
      const ytext = doc.getText('codemirror');
      let text = '';
      for (const { rev, op, yjs } of entries) {
        text = apply(text, op);
        if (!yjs) continue;
        Y.applyUpdate(doc, yjs);
        expect(ytext.toJSON() === text, `${context}: bytes and ops lead to two texts at revision ${rev}`).toBe(true);
      }
      expect(text === final.text, `${context}: the log leads to another text`).toBe(true);
      expect([doc.store.pendingStructs, doc.store.pendingDs], context).toEqual([null, null]);
      return { entries: entries.length, withBytes: entries.filter(({ yjs }) => yjs).length };
    },

    /** A client that knows nothing, after one restart more. */
    async checkServed(note: string): Promise<void> {
      const late = openYjsRobot({ url: server.url, token, name: 'Late' });
      await late.synced();
      expect(late.text() === final.text, `room ${name} ${note}`).toBe(true);
      late.close();
    },
  };
}

interface Life {
  name: string;
  words: Words;
  random: SeededRandom;
  /** As `performance.now()` counts. */
  until: number;
  /** Gone soon, and back at the end. */
  isAway: boolean;
}

/** Writes and deletes words, on a bad line. */
async function live(hands: Hands, { name, words, random, until, isAway }: Life): Promise<void> {
  for (let count = 0; performance.now() < until; count++) {
    edit(hands, `<${name}.${count}${random.pick(['', '🙂', 'ü\n', '👩‍👩‍👧'])}>`, words, random);
    const fate = random.int(20);
    if (isAway && count > 2) hands.goOffline();
    else if (fate === 0) hands.cut();
    else if (fate === 1) hands.goOffline();
    else if (fate > 10) hands.goOnline();
    await pause(random.int(MOST_PAUSE_MS));
  }
  hands.goOnline();
}

/** Puts a word between two others, in place of one now and then; nobody writes inside of a word. */
function edit(hands: Hands, word: string, words: Words, random: SeededRandom): void {
  const there = [...hands.text().matchAll(/<[^<>]*>/g)];
  const victim = random.int(4) === 0 && there.length > 0 ? random.pick(there) : undefined;
  if (victim) words.deleted.add(victim[0]);
  words.written.add(word);
  if (victim) return hands.replace(victim.index, victim[0].length, random.int(2) === 0 ? word : dropped(word, words));
  // Often at the very beginning, where everybody else is too: ties are where texts diverge.
  const after = random.int(3) === 0 ? undefined : there[random.int(there.length)];
  hands.replace(after ? after.index + after[0].length : 0, 0, word);
}

/** Only deletes: the word was not written after all. */
function dropped(word: string, words: Words): string {
  words.written.delete(word);
  return '';
}

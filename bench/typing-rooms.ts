import { createRoom, eventually, pause, readText } from '../e2e/harness/index.ts';
import { openRobot, type Robot } from '../e2e/harness/robot.ts';
import { percentile } from './kit/numbers.ts';

/** How long stragglers may take after a phase, in ms: the machine may be busy. */
const PATIENCE_MS = 60_000;

export interface TypingOptions {
  rooms: number;
  /** In each room; at most 26. */
  writers: number;
  /** The node that a writer connects to. */
  urlOf: (room: number, writer: number) => string;
}

/** What one phase of typing gave. Times are ms. */
export interface Typed {
  edits: number;
  /** From the first letter to the last. */
  ms: number;
  /** From the key to the acknowledgement. */
  toAck: { p50: number; p95: number };
  /** From the key to each screen of the others. */
  toOthers: { p50: number; p95: number };
}

export interface TypingRooms {
  /**
   * Everybody types a letter each `letterMs`, for `ms`, whether or not the last one is acknowledged; until everybody has all
   * letters.
   */
  atPace(letterMs: number, ms: number): Promise<Typed>;
  /** Everybody types the next letter as soon as the last one is acknowledged, for `ms`; until everybody has all letters. */
  flatOut(ms: number): Promise<Typed>;
  /** Throws unless everybody shows what each node of the room has. */
  agree(): Promise<void>;
  close(): void;
}

/** One of several in a room, who types one letter of the alphabet only, at the end of a line of its own. */
interface Writer {
  robot: Robot;
  letter: string;
  /** When each letter was typed, of all phases. */
  typedAt: number[];
  acknowledged: number;
  onAck: (() => void) | null;
}

interface OpenedRoom {
  token: string;
  writers: Writer[];
}

/** Fresh rooms with a line for each writer, who have the real client and a real socket each. Needs nodes with `TRUST_PROXY=1`. */
export async function openTypingRooms({ rooms: count, writers, urlOf }: TypingOptions): Promise<TypingRooms> {
  let toAck: number[] = [];
  let toOthers: number[] = [];

  async function openRoom(index: number): Promise<OpenedRoom> {
    const { links } = await createRoom(urlOf(index, 0), { text: '\n'.repeat(writers) });
    const { token } = links.edit;
    const room: Writer[] = [];
    for (let writer = 0; writer < writers; writer++) {
      const robot = openRobot({ url: urlOf(index, writer), token, from: `10.0.${index}.${writer}` });
      room.push({ robot, letter: letterOf(writer), typedAt: [], acknowledged: 0, onAck: null });
    }
    for (const one of room) listen(one, room);
    await Promise.all(room.map(({ robot }) => robot.settled(PATIENCE_MS)));
    return { token, writers: room };
  }

  /** Letters of one writer come in their order, so it is enough to count them. */
  function listen(writer: Writer, room: readonly Writer[]): void {
    const { robot } = writer;
    const seen = new Map<string, number>();
    const whose = new Map(room.map((one) => [one.letter, one]));
    robot.client.onChange(({ op }) => {
      const now = performance.now();
      const inserted = op.flatMap((part) => (typeof part === 'string' ? part.split('') : []));
      for (const letter of inserted) {
        const place = seen.get(letter) ?? 0;
        const at = whose.get(letter)?.typedAt[place];
        // The text that the room began with.
        if (at === undefined) continue;
        seen.set(letter, place + 1);
        toOthers.push(now - at);
      }
    });
    robot.client.subscribe(() => {
      const now = performance.now();
      const settled = writer.typedAt.length - robot.client.view().unsaved;
      if (settled <= writer.acknowledged) return;
      for (const at of writer.typedAt.slice(writer.acknowledged, settled)) toAck.push(now - at);
      writer.acknowledged = settled;
      writer.onAck?.();
    });
  }

  const opened: OpenedRoom[] = [];
  for (let index = 0; index < count; index++) opened.push(await openRoom(index));
  const all = opened.flatMap((room) => room.writers);

  async function phase(typeOn: (writer: Writer, index: number) => Promise<void>): Promise<Typed> {
    [toAck, toOthers] = [[], []];
    const began = performance.now();
    const before = sum(all.map(({ typedAt }) => typedAt.length));
    await Promise.all(all.map(typeOn));
    const ms = performance.now() - began;
    await Promise.all(opened.map(arrived));
    const edits = sum(all.map(({ typedAt }) => typedAt.length)) - before;
    if (toAck.length !== edits || toOthers.length !== edits * (writers - 1)) {
      throw new Error(`Of ${edits} letters ${toAck.length} were acknowledged, and ${toOthers.length} seen by others.`);
    }
    return { edits, ms, toAck: latencyOf(toAck), toOthers: latencyOf(toOthers) };
  }

  async function arrived({ writers: room }: OpenedRoom, index: number): Promise<void> {
    const length = writers + sum(room.map(({ typedAt }) => typedAt.length));
    await eventually(
      `everybody in room ${index} to have all letters`,
      () => room.every(({ robot }) => robot.editor.length === length && robot.client.view().unsaved === 0),
      PATIENCE_MS,
    );
  }

  async function agreeIn({ token, writers: room }: OpenedRoom, index: number): Promise<void> {
    const nodes = new Set(room.map((_, writer) => urlOf(index, writer)));
    const texts = await Promise.all([...nodes].map(async (url) => (await readText(url, token)).text));
    const shown = room.map(({ robot }) => robot.text());
    if (new Set([...texts, ...shown]).size !== 1) throw new Error(`The texts of room ${index} differ.`);
  }

  return {
    atPace: (letterMs, ms) =>
      phase(async (writer, index) => {
        const began = performance.now() + (index * letterMs) / all.length;
        for (let letters = 0; letters < ms / letterMs; letters++) {
          await pause(Math.max(0, began + letters * letterMs - performance.now()));
          type(writer);
        }
      }),
    flatOut(ms) {
      const end = performance.now() + ms;
      return phase(async (writer) => {
        while (performance.now() < end) {
          const acknowledged = new Promise<void>((resolve) => (writer.onAck = resolve));
          type(writer);
          await acknowledged;
        }
        writer.onAck = null;
      });
    },
    async agree() {
      await Promise.all(opened.map(agreeIn));
    },
    close() {
      for (const { robot } of all) robot.close();
    },
  };
}

function type({ robot, letter, typedAt }: Writer): void {
  let line = letter.charCodeAt(0) - letterOf(0).charCodeAt(0);
  const text = robot.text();
  let at = -1;
  do at = text.indexOf('\n', at + 1);
  while (line-- > 0);
  typedAt.push(performance.now());
  // An op has no part of length 0.
  robot.edit(at === 0 ? [letter] : [at, letter]);
}

function letterOf(writer: number): string {
  return String.fromCharCode('a'.charCodeAt(0) + writer);
}

function latencyOf(values: readonly number[]): { p50: number; p95: number } {
  return { p50: percentile(values, 0.5), p95: percentile(values, 0.95) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

import type { ClientMessage, ServerMessage } from '../../lib/protocol/index.ts';
import type { Frame } from '../../lib/yjs/index.ts';

/** Every kind of message that sockets bring, by the name it has in the metrics. A new message is a type error here. */
export const KINDS_IN = [
  ...wordsOf<ClientMessage['t']>({
    hello: 0,
    op: 0,
    cursor: 0,
    me: 0,
    room: 0,
    ping: 0,
    mismatch: 0,
    chat: 0,
    comment: 0,
    writing: 0,
  }),
  ...yjsWordsOf({ 'state-vector': 0, update: 0, awareness: 0, 'query-awareness': 0, auth: 0 }),
] as const;

/** And that they are sent. What a Yjs client hears is not looked into. */
export const KINDS_OUT = [
  ...wordsOf<ServerMessage['t']>({
    welcome: 0,
    ops: 0,
    ack: 0,
    cursor: 0,
    people: 0,
    room: 0,
    role: 0,
    store: 0,
    pong: 0,
    hash: 0,
    error: 0,
    drain: 0,
    resync: 0,
    chat: 0,
    thread: 0,
    writing: 0,
  }),
  'yjs',
  'other',
] as const;

export type KindIn = (typeof KINDS_IN)[number];
export type KindOut = (typeof KINDS_OUT)[number];

/** Where the kind begins in a frame: `{"t":"ops",…`, since every message is written with `t` first. */
const AT = '{"t":"'.length;

/** By the kind's first three letters, which tell all of them apart. */
const BY_LETTERS: ReadonlyMap<number, KindOut> = new Map(
  KINDS_OUT.map((kind) => [letters(kind.charCodeAt(0), kind.charCodeAt(1), kind.charCodeAt(2)), kind]),
);

/** The kind of a text frame of ours, from three of its bytes: frames are shared by everybody who gets them, and not read again. */
export function kindOfFrame(frame: Buffer): KindOut {
  const kind = BY_LETTERS.get(letters(frame[AT] ?? 0, frame[AT + 1] ?? 0, frame[AT + 2] ?? 0));
  return kind ?? 'other';
}

function letters(first: number, second: number, third: number): number {
  return (first << 16) | (second << 8) | third;
}

function wordsOf<Word extends string>(words: Readonly<Record<Word, 0>>): Word[] {
  return Object.keys(words) as Word[];
}

function yjsWordsOf(words: Readonly<Record<Frame['kind'], 0>>): `yjs-${Frame['kind']}`[] {
  return wordsOf(words).map((word) => `yjs-${word}` as const);
}

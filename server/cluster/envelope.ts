import { z } from 'zod';
import { checkOp, type Op } from '../../lib/ot/index.ts';
import { COLORS, MAX_NAME, MAX_PERSON, MAX_RANGES, type Person, type Range } from '../../lib/protocol/index.ts';
import { DEFAULT_SERVER_LIMITS } from '../limits.ts';
import type { NoteNews } from '../notes/noted-room.ts';
import type { Entry } from '../storage/storage.ts';

/** What nodes tell each other of one room, on the channel `room:<id>`: hints (docs/decisions/many-nodes.md). */
export type RoomMessage =
  /** Something was appended; the newest revision is `rev`. The entries, if they came along, are the last ones up to it. */
  | { k: 'log'; rev: number; entries?: readonly Entry[] }
  /** Title, language or lock changed. */
  | { k: 'meta' }
  /** Something was said beside the text: chat up to message `chat`, or in a thread of comments. */
  | { k: 'notes'; news: NoteNews }
  /** Links, guests or the room's existence changed: whoever holds the room looks everything up again. */
  | { k: 'links' }
  /** Whoever keeps the server wants the room loaded anew: everybody in it is sent away, to come back. */
  | { k: 'reload' }
  | Here
  /** Where an author's carets are, in the text at `rev`. */
  | { k: 'caret'; rev: number; author: number; ranges: readonly Range[] }
  /** An author writes in the chat just now. */
  | { k: 'writing'; author: number }
  /**
   * A client joined at the sender: a node that has an older socket of the same author ends it. `at` is when it joined, ms since
   * 1970 by the sender's clock: this may come so late that the client is back with whoever hears it.
   */
  | { k: 'came'; author: number; at: number };

/** Who is with the sender, of all that have an author number from `from` to `to` (absent: from the first, to the last). */
export interface Here {
  k: 'here';
  people: readonly Person[];
  from?: number;
  to?: number;
  /** The sender does not hold the room any more. */
  bye?: true;
}

/** The channel of a room, by its internal id. */
export function roomChannel(room: string): string {
  return `room:${room}`;
}

/** One message for the bus. Entries are left out if they are many: then the others read the log. */
export function encodeRoomMessage(message: RoomMessage): string {
  if (message.k !== 'log' || !message.entries) return JSON.stringify(message);
  const { k, rev, entries } = message;
  const head = `{"k":"${k}","rev":${rev}`;
  const packed = packEntries(entries);
  return packed === null ? `${head}}` : `${head},"entries":${packed}}`;
}

/** Who is here, in as many messages as it takes (`limits.busPeople` in each): at least one, or nobody would hear that all left. */
export function hereMessages(people: readonly Person[], most = DEFAULT_SERVER_LIMITS.busPeople): Here[] {
  const sorted = [...people].sort((a, b) => a.author - b.author);
  const messages: Here[] = [];
  let from = 0;
  for (let first = 0; first === 0 || first < sorted.length; first += most) {
    const part = sorted.slice(first, first + most);
    const following = sorted[first + most];
    // Without holes between the parts: whoever left is in none of them, and still in the range of one.
    const to = following && following.author - 1;
    messages.push({ k: 'here', people: part, ...(from > 0 && { from }), ...(to !== undefined && { to }) });
    from = following?.author ?? 0;
  }
  return messages;
}

/** Null for what is malformed, and for a kind that this version does not know. Never throws (P7). */
export function decodeRoomMessage(message: string): RoomMessage | null {
  let value: unknown;
  try {
    value = JSON.parse(message);
  } catch {
    return null;
  }
  return roomMessage.safeParse(value).data ?? null;
}

/** The entries as JSON, or null if that would be too long. */
function packEntries(entries: readonly Entry[]): string | null {
  const parts: string[] = [];
  let length = 2;
  for (const { author, seq, at, op, yjs } of entries) {
    // Before work is spent on something that does not fit.
    if (sizeOf(op) + (yjs?.length ?? 0) > DEFAULT_SERVER_LIMITS.busEntries) return null;
    const packed = JSON.stringify(
      yjs ? [author, seq, at, op, Buffer.from(yjs).toString('base64')] : [author, seq, at, op],
    );
    length += Buffer.byteLength(packed) + 1;
    if (length > DEFAULT_SERVER_LIMITS.busEntries) return null;
    parts.push(packed);
  }
  return `[${parts.join(',')}]`;
}

/** No more than the op's JSON takes. */
function sizeOf(op: Op): number {
  let size = op.length;
  for (const part of op) if (typeof part === 'string') size += part.length;
  return size;
}

const natural = z.int().min(0);
const authorNumber = z.int().min(1);
/** Characters of a thread's id. */
const RANDOM_ID = 22;
/** What transforming made of an op may have any number of parts; the message's size bounds them. */
const op = z.custom<Op>((value) => checkOp(value, Number.MAX_SAFE_INTEGER) === null);
const bytes = z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));
const packedEntry = z.tuple([authorNumber, natural, z.number(), op, bytes.optional()]);

const person = z.object({
  author: authorNumber,
  person: z.string().max(MAX_PERSON),
  name: z.string().max(MAX_NAME),
  color: z.int().min(1).max(COLORS),
  role: z.enum(['owner', 'edit', 'view']),
  kind: z.enum(['ot', 'yjs', 'api']),
});

const roomMessage: z.ZodType<RoomMessage> = z.discriminatedUnion('k', [
  z
    .object({ k: z.literal('log'), rev: z.int().min(1), entries: z.array(packedEntry).optional() })
    .refine(({ rev, entries }) => !entries || entries.length <= rev)
    .transform(({ k, rev, entries }) => ({ k, rev, ...(entries && { entries: unpackEntries(entries, rev) }) })),
  z.object({ k: z.literal('meta') }),
  z.object({ k: z.literal('links') }),
  z.object({ k: z.literal('reload') }),
  z.object({
    k: z.literal('notes'),
    news: z.union([z.object({ chat: z.int().min(1) }), z.object({ thread: z.string().max(RANDOM_ID) })]),
  }),
  z
    .object({
      k: z.literal('here'),
      people: z.array(person).max(DEFAULT_SERVER_LIMITS.busPeople),
      from: natural.optional(),
      to: natural.optional(),
      bye: z.literal(true).optional(),
    })
    .transform(({ k, people, from, to, bye }) => ({
      k,
      people,
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(bye && { bye }),
    })),
  z.object({
    k: z.literal('caret'),
    rev: natural,
    author: authorNumber,
    ranges: z.array(z.tuple([natural, natural])).max(MAX_RANGES),
  }),
  z.object({ k: z.literal('writing'), author: authorNumber }),
  z.object({ k: z.literal('came'), author: authorNumber, at: z.number() }),
]);

function unpackEntries(entries: readonly z.output<typeof packedEntry>[], rev: number): Entry[] {
  const first = rev - entries.length + 1;
  return entries.map(([author, seq, at, what, yjs], index) => ({
    rev: first + index,
    author,
    seq,
    at,
    op: what,
    ...(yjs && { yjs }),
  }));
}

import type { Entry } from '../storage.ts';
import type { NumberedAuthor } from './author-rows.ts';
import type { SettledBy } from './log-rows.ts';

/** A batch that was judged to fit, on its way to its tables. */
export interface Held {
  room: string;
  entries: readonly Entry[];
  settled: SettledBy;
  /** Who was new, and has a number from here on. */
  authors?: readonly NumberedAuthor[];
}

/** As it stands in a row or a file: JSON, as bytes for the sake of U+0000. */
export type Packed = readonly [
  room: string,
  entries: readonly (readonly [rev: number, author: number, seq: number, at: number, op: Entry['op']])[],
  settled: readonly (readonly [author: number, seq: number, rev: number])[],
  authors?: readonly NumberedAuthor[],
];

/** Batches as a text, which have nothing to do with Yjs. */
export function textOfBatches(batches: readonly Held[]): string {
  return JSON.stringify(batches.map(pack));
}

/** What `textOfBatches` gave. */
export function batchesOfText(text: string): Held[] {
  return (JSON.parse(text) as Packed[]).map(unpack);
}

/** `textOfBatches` as bytes. */
export function packBatches(batches: readonly Held[]): Buffer {
  return Buffer.from(textOfBatches(batches), 'utf8');
}

/** What `packBatches` gave. The bytes must be its own. */
export function unpackBatches(bytes: Uint8Array): Held[] {
  return batchesOfText(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
}

function pack({ room, entries, settled, authors }: Held): Packed {
  const packedEntries = entries.map(({ rev, author, seq, at, op }) => [rev, author, seq, at, op] as const);
  const packedSettled = [...settled].map(([author, { seq, rev }]) => [author, seq, rev] as const);
  return authors ? [room, packedEntries, packedSettled, authors] : [room, packedEntries, packedSettled];
}

function unpack([room, entries, settled, authors]: Packed): Held {
  return {
    room,
    entries: entries.map(([rev, author, seq, at, op]) => ({ rev, author, seq, at, op })),
    settled: new Map(settled.map(([author, seq, rev]) => [author, { seq, rev }])),
    ...(authors && { authors }),
  };
}

import type { NoteBook } from './note-book.ts';
import type { Entry, ListedRoom, StoredLineage } from './storage.ts';

interface PlainRoom {
  id: string;
  title: string;
  createdAt: number;
  entries: readonly Entry[];
  snapshots: ReadonlyMap<number, string>;
  lineage: StoredLineage | null;
  notes: NoteBook;
}

/** What `Storage.listRooms` tells of a room, for engines that keep rooms as plain data. */
export function listPlainRoom({ id, title, createdAt, entries, snapshots, lineage, notes }: PlainRoom): ListedRoom {
  const texts = [...entries.map(({ op }) => JSON.stringify(op)), ...snapshots.values()];
  const ofYjs = [...entries.map(({ yjs }) => yjs), lineage?.state];
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const yjsBytes = ofYjs.reduce((sum, one) => sum + (one?.length ?? 0), 0);
  return {
    id,
    title,
    createdAt,
    rev: entries.length,
    bytes: bytes + yjsBytes + notes.bytes,
    lastEditAt: entries.at(-1)?.at ?? null,
  };
}

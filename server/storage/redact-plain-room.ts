import type { NoteBook } from './note-book.ts';
import { blockOut, type Redaction } from './redaction.ts';
import { StorageRefused, type Entry, type StoredLineage } from './storage.ts';

interface PlainRoom {
  /** Without gaps from revision 1 on. */
  entries: Entry[];
  snapshots: Map<number, string>;
  lineage: Readonly<StoredLineage> | null;
  notes: NoteBook;
}

/** `RedactionStorage.redact` for engines that keep rooms as plain data. Entries are replaced, never changed. */
export function redactPlainRoom(room: PlainRoom, redaction: Redaction): 'redacted' | 'conflict' {
  const { rev: head, entries, bytes, snapshots } = redaction;
  if (bytes && bytes.to > (room.lineage?.rev ?? 0)) throw unsavedBytes(bytes.to);
  if (!room.notes.fits(redaction)) return 'conflict';
  for (const { rev, op } of entries) {
    const entry = room.entries[rev - 1];
    if (entry) room.entries[rev - 1] = { ...entry, op };
  }
  for (const entry of bytes ? room.entries.slice(bytes.from - 1, bytes.to) : []) {
    if (entry.yjs && bytes) room.entries[entry.rev - 1] = { ...entry, yjs: bytes.instead };
  }
  const ranges = new Map(snapshots.map((one) => [one.rev, one.ranges]));
  for (const [rev, text] of room.snapshots) {
    const known = ranges.get(rev);
    if (known) room.snapshots.set(rev, blockOut(text, known));
    else if (rev < head) room.snapshots.delete(rev);
  }
  room.notes.redact(redaction);
  return 'redacted';
}

/** Bytes of entries may only go if the Y.Doc can be loaded without them. */
export function unsavedBytes(rev: number): StorageRefused {
  return new StorageRefused(`The Y.Doc is not saved at revision ${rev} or later.`);
}

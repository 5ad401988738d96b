import { Text } from '../../lib/ot/index.ts';
import { StorageUnavailable, type Entry, type Storage } from '../storage/storage.ts';
import type { Marks } from './marks.ts';
import type { Slices } from './slices.ts';

/** Goes through the log of one room in pages and slices, for as long as somebody waits. */
export interface Walk {
  storage: Pick<Storage, 'entries' | 'marks' | 'snapshotBefore'>;
  room: string;
  /** Entries in one read. */
  page: number;
  /** Marks in one read. */
  marksPage: number;
  slices: Slices;
}

/** Calls `visit` with each entry after `rev` up to `newest`, oldest first. Rejects with `StorageUnavailable` at a gap. */
export async function eachEntry(walk: Walk, rev: number, newest: number, visit: (entry: Entry) => void): Promise<void> {
  const { storage, room, page, slices } = walk;
  for (let at = rev; at < newest;) {
    const read = await storage.entries(room, at + 1, Math.min(newest, at + page), page);
    slices.stopIfAlone();
    if (read.length === 0) throw missing(at + 1);
    for (const entry of read) {
      if (slices.isOver) await slices.rest();
      visit(entry);
    }
    at += read.length;
  }
}

/** Reads who made the revisions up to `rev`, as far as it is not known. */
export async function learn(marks: Marks, walk: Walk, rev: number): Promise<void> {
  const { storage, room, marksPage, slices } = walk;
  while (marks.rev < rev) {
    const read = await storage.marks(room, marks.rev + 1, rev, marksPage);
    slices.stopIfAlone();
    if (read.authors.length === 0) throw missing(marks.rev + 1);
    marks.add(read);
  }
}

/** The text as it was at `rev`. */
export async function textAt(walk: Walk, rev: number): Promise<Text> {
  const snapshot = await walk.storage.snapshotBefore(walk.room, rev);
  const text = Text.of(snapshot?.text ?? '');
  await eachEntry(walk, snapshot?.rev ?? 0, rev, ({ op }) => text.apply(op));
  return text;
}

function missing(rev: number): StorageUnavailable {
  return new StorageUnavailable(`Revision ${rev} of a room is missing.`);
}

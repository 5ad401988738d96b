import { Text } from '../../lib/ot/index.ts';
import { DEFAULT_SERVER_LIMITS } from '../limits.ts';
import { StorageUnavailable, type Entry, type Storage } from '../storage/storage.ts';

/**
 * All entries after `rev` up to `newest`, oldest first, read in pages of `page`, so that no read holds up others for long.
 * The caller bounds how many they may be.
 */
export async function entriesBetween(
  storage: Storage,
  room: string,
  rev: number,
  newest: number,
  page: number,
): Promise<Entry[]> {
  const all: Entry[] = [];
  while (rev + all.length < newest) {
    const read = await storage.entries(room, rev + all.length + 1, newest, page);
    if (read.length === 0) throw new StorageUnavailable(`Revision ${rev + all.length + 1} of a room is missing.`);
    for (const entry of read) all.push(entry);
  }
  return all;
}

/** The text as it was at `rev`, from the newest snapshot before it and the entries between, read in pages of `page`. */
export async function textAt(
  storage: Storage,
  room: string,
  rev: number,
  page = DEFAULT_SERVER_LIMITS.historyPage,
): Promise<Text> {
  const snapshot = await storage.snapshotBefore(room, rev);
  const text = Text.of(snapshot?.text ?? '');
  for (const entry of await entriesBetween(storage, room, snapshot?.rev ?? 0, rev, page)) text.apply(entry.op);
  return text;
}

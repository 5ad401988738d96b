import { Text } from '../../lib/ot/index.ts';
import { StorageUnavailable, type Entry, type Storage } from '../storage/storage.ts';

/** Entries in one read of the log: bounded, so that no read holds up others for long. */
const PAGE = 1_000;

/** All entries after `rev` up to `newest`, oldest first. The caller bounds how many that may be. */
export async function entriesBetween(storage: Storage, room: string, rev: number, newest: number): Promise<Entry[]> {
  const all: Entry[] = [];
  while (rev + all.length < newest) {
    const page = await storage.entries(room, rev + all.length + 1, newest, PAGE);
    if (page.length === 0) throw new StorageUnavailable(`Revision ${rev + all.length + 1} of a room is missing.`);
    for (const entry of page) all.push(entry);
  }
  return all;
}

/** The text as it was at `rev`, from the newest snapshot before it and the entries between. */
export async function textAt(storage: Storage, room: string, rev: number): Promise<Text> {
  const snapshot = await storage.snapshotBefore(room, rev);
  const text = Text.of(snapshot?.text ?? '');
  for (const entry of await entriesBetween(storage, room, snapshot?.rev ?? 0, rev)) text.apply(entry.op);
  return text;
}

import { join } from 'node:path';
import { StorageRefused } from '../storage.ts';
import { DataFolderError } from './data-folder-error.ts';
import type { Held } from './packed-batch.ts';
import { readJournals } from './journal-file.ts';
import type { Tail } from './tail.ts';

/**
 * Gives the tail what a process that did not end by itself left in the journal's files of `folder`, as far as the database lacks
 * it. Throws `DataFolderError` if it does not follow on what the database has: then the two are of different times.
 */
export function recoverJournal(folder: string, tail: Tail): void {
  if (holdNew(readJournals(folder), tail)) return;
  throw new DataFolderError(
    'torn',
    `${join(folder, 'tandem.db')} ends before the edits in tandem.db-tail0 and tandem.db-tail1 begin: it is older than they are. ` +
      'Put the database back that they belong to, or move both files away to do without their edits.',
  );
}

/** Gives the tail what it lacks of what was read from a journal. False if something does not follow: that is left out. */
export function holdNew(batches: readonly Held[], tail: Tail): boolean {
  let isWhole = true;
  for (const one of batches) {
    const head = headIn(tail, one.room);
    const first = one.entries[0]?.rev ?? 0;
    // The room was deleted, or the tables have it already.
    if (head === null || first <= head) continue;
    if (first === head + 1) tail.hold(one);
    else isWhole = false;
  }
  return isWhole;
}

function headIn(tail: Tail, room: string): number | null {
  try {
    return tail.headOf(room);
  } catch (error) {
    if (error instanceof StorageRefused) return null;
    throw error;
  }
}

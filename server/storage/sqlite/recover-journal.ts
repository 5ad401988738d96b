import { join } from 'node:path';
import { StorageRefused } from '../storage.ts';
import { authorOfClient, lastAuthorOf, type NumberedAuthor } from './author-rows.ts';
import { DataFolderError } from './data-folder-error.ts';
import type { Driver } from './driver.ts';
import type { Held } from './packed-batch.ts';
import { readJournals } from './journal-file.ts';
import type { Tail } from './tail.ts';

/**
 * Gives the tail what a process that did not end by itself left in the journal's files of `folder`, as far as the database lacks
 * it. Throws `DataFolderError` if it does not follow on what the database has: then the two are of different times.
 */
export function recoverJournal(driver: Driver, folder: string, tail: Tail): void {
  if (holdNew(driver, readJournals(folder), tail)) return;
  throw new DataFolderError(
    'torn',
    `${join(folder, 'tandem.db')} ends before the edits in tandem.db-tail0 and tandem.db-tail1 begin: it is older than they are. ` +
      'Put the database back that they belong to, or move both files away to do without their edits.',
  );
}

/** Gives the tail what it lacks of what was read from a journal. False if something does not follow: that is left out. */
export function holdNew(driver: Driver, batches: readonly Held[], tail: Tail): boolean {
  const lastAuthors = new Map<string, number>();
  let isWhole = true;

  function holdAuthor(room: string, row: NumberedAuthor): void {
    const last = lastAuthors.get(room) ?? lastAuthorOf(driver, room);
    if (row.author === last + 1) {
      lastAuthors.set(room, row.author);
      tail.hold({ room, entries: [], settled: new Map(), authors: [row] });
    } else if (authorOfClient(driver, room, row.client)?.author !== row.author) isWhole = false;
  }

  const authors = batches.flatMap(({ room, authors: added = [] }) => added.map((row) => ({ room, row })));
  authors.sort((one, other) => one.row.author - other.row.author);
  // Before all edits, which are theirs.
  for (const { room, row } of authors) if (headIn(tail, room) !== null) holdAuthor(room, row);
  for (const { room, entries, settled } of batches) {
    const head = headIn(tail, room);
    const first = entries[0]?.rev ?? 0;
    // The room was deleted, or the tables have it already.
    if (head === null || first <= head) continue;
    const follows = first === head + 1 && [...settled.keys()].every((author) => tail.hasAuthor(room, author));
    if (follows) tail.hold({ room, entries, settled });
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

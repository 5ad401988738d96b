import { join } from 'node:path';
import Database from 'libsql';
import type { Op } from '../../lib/ot/index.ts';
import { readPacked } from './stored-packs.ts';
import { readJournals, readTail } from './stored-tail.ts';

/** One entry of a room's log as it lies on disk, with the author's client in place of its number. */
export interface StoredEntry {
  rev: number;
  author: number;
  seq: number;
  op: Op;
}

/** Reads a room's log straight from the database file: what is there, not what a server says of it. */
export function readLog(dataDir: string, token: string): StoredEntry[] {
  const journal = readJournals(dataDir);
  const database = new Database(join(dataDir, 'tandem.db'), { readonly: true });
  try {
    // One picture: entries move from the tail to their table, and from there to packs.
    database.exec('begin');
    const rows = database
      .prepare(
        `select rev, author, seq, op from entries
         where room = (select room from links where token = ?) order by rev`,
      )
      .all(token) as { rev: number; author: number; seq: number; op: string }[];
    const entries = rows.map(({ rev, author, seq, op }) => ({ rev, author, seq, op: JSON.parse(op) as Op }));
    return [...readPacked(database, token), ...entries, ...readTail(database, token, journal)];
  } finally {
    // Closing alone leaves it open until the statements are collected, and a reader is in the way of who erases.
    database.exec('rollback');
    database.close();
  }
}

/** What is wrong with a log: revisions that do not run 1, 2, 3 … (P1), and edits that are in it twice (P3). */
export function faultsOf(log: readonly StoredEntry[]): string[] {
  const seen = new Map<string, number>();
  return log.flatMap(({ rev, author, seq }, index) => {
    const key = `author ${author}, seq ${seq}`;
    const before = seen.get(key);
    seen.set(key, rev);
    return [
      ...(rev === index + 1 ? [] : [`Entry ${index + 1} has revision ${rev}.`]),
      ...(before === undefined ? [] : [`${key} is at revision ${before} and again at ${rev}.`]),
    ];
  });
}

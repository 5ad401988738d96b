import type Database from 'libsql';
import type { Op } from '../../lib/ot/index.ts';
import { readJournals } from '../../server/storage/sqlite/journal-file.ts';

/** What `tail.ts` of the embedded engine writes: the newest entries of all rooms, one row a commit. */
type Row = [
  room: string,
  entries: [rev: number, author: number, seq: number, at: number, op: Op][],
  settled: unknown,
][];

/** Batches of all rooms in the journal's files. To be read before the database: they move to it. */
export type Journal = ReturnType<typeof readJournals>;

export { readJournals };

/** The entries of a token's room that are durable and not in their table yet, oldest first. */
export function readTail(
  database: Database.Database,
  token: string,
  journal: Journal,
): { rev: number; author: number; seq: number; op: Op }[] {
  const link = database.prepare('select room from links where token = ?').all(token) as { room: string }[];
  const room = link[0]?.room;
  const rows = database.prepare('select cast(data as text) as data from tail order by n').all() as { data: string }[];
  const tail = rows
    .flatMap(({ data }) => JSON.parse(data) as Row)
    .filter(([of]) => of === room)
    .flatMap(([, entries]) => entries.map(([rev, author, seq, , op]) => ({ rev, author, seq, op })));
  const newest = Math.max(headOf(database, room), ...tail.map(({ rev }) => rev));
  const inFiles = journal
    .filter((held) => held.room === room && (held.entries[0]?.rev ?? 0) > newest)
    .flatMap(({ entries }) => entries.map(({ rev, author, seq, op }) => ({ rev, author, seq, op })));
  return [...tail, ...inFiles];
}

function headOf(database: Database.Database, room: string | undefined): number {
  const rows = database.prepare('select max(rev) as head from entries where room = ?').all(room ?? '');
  return (rows as { head: number | null }[])[0]?.head ?? 0;
}

import type Database from 'libsql';
import type { Op } from '../../lib/ot/index.ts';

/** What `tail.ts` of the embedded engine writes: the newest entries of all rooms, one row a commit. */
type Row = [
  room: string,
  entries: [rev: number, author: number, seq: number, at: number, op: Op][],
  settled: unknown,
][];

/** The entries of a token's room that are durable and not in their table yet, oldest first. */
export function readTail(
  database: Database.Database,
  token: string,
): { rev: number; author: number; seq: number; op: Op }[] {
  const link = database.prepare('select room from links where token = ?').all(token) as { room: string }[];
  const rows = database.prepare('select cast(data as text) as data from tail order by n').all() as { data: string }[];
  return rows
    .flatMap(({ data }) => JSON.parse(data) as Row)
    .filter(([room]) => room === link[0]?.room)
    .flatMap(([, entries]) => entries.map(([rev, author, seq, , op]) => ({ rev, author, seq, op })));
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'libsql';
import type { Op } from '../../lib/ot/index.ts';

/** What `tail.ts` of the embedded engine writes: the newest entries of all rooms, one row a commit. */
type Row = [
  room: string,
  entries: [rev: number, author: number, seq: number, at: number, op: Op][],
  settled: unknown,
][];

/** Of a record in the journal's files: its length and a checksum, 32 bits each. */
const HEADER = 8;

/** Batches of all rooms in the journal's files, in no order. To be read before the database: they move to it. */
export function readJournals(dataDir: string): Row {
  return ['tandem.db-tail0', 'tandem.db-tail1']
    .map((name) => join(dataDir, name))
    .filter(existsSync)
    .flatMap((file) => recordsOf(readFileSync(file)));
}

function recordsOf(bytes: Buffer): Row {
  const batches: Row = [];
  let at = 0;
  while (at + HEADER <= bytes.length) {
    const end = at + HEADER + bytes.readUInt32LE(at);
    // Being written just now.
    if (end > bytes.length) break;
    batches.push(...(JSON.parse(bytes.toString('utf8', at + HEADER, end)) as Row));
    at = end;
  }
  return batches;
}

/** The entries of a token's room that are durable and not in their table yet, oldest first. */
export function readTail(
  database: Database.Database,
  token: string,
  journal: Row,
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
    .filter(([of]) => of === room)
    .flatMap(([, entries]) => entries.map(([rev, author, seq, , op]) => ({ rev, author, seq, op })))
    .filter(({ rev }) => rev > newest)
    .toSorted((one, other) => one.rev - other.rev);
  return [...tail, ...inFiles];
}

function headOf(database: Database.Database, room: string | undefined): number {
  const rows = database.prepare('select max(rev) as head from entries where room = ?').all(room ?? '');
  return (rows as { head: number | null }[])[0]?.head ?? 0;
}

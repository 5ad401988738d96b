import type { Entry } from '../storage.ts';
import type { Driver, Value } from './driver.ts';
import { looseEntries } from './entry-reads.ts';
import { hasPacks, insertPack, packOf } from './pack-rows.ts';

/**
 * Entries that are written at once from which on they become a pack: one row instead of many, which takes a third of the time, and no
 * page of the file that is free again soon. What somebody types in the time of a journal is less, what three do is more.
 */
const PACK_AT_ONCE = 128;
/** Entries in rows of their own that go into it as well, for packs are what is before all rows. With more, the packer has to come first. */
const LOOSE_AT_ONCE = 4_096;
/** UTF-16 units of text that one pack made so may have: what is larger has few entries, and gains little. */
const UNITS_AT_ONCE = 512 * 1024;

/** What is settled of authors, by number. */
export type SettledBy = ReadonlyMap<number, { seq: number; rev: number }>;

/** Writes entries of a room that were judged to fit. */
export function insertEntries(driver: Driver, room: string, entries: readonly Entry[]): void {
  if (!packAtOnce(driver, room, entries)) insertRows(driver, room, entries);
  for (const { rev, yjs } of entries) {
    if (yjs) driver.run('insert into entries_yjs (room, rev, yjs) values (?, ?, ?)', room, rev, yjs);
  }
}

/** False, and nothing done, for entries that are better in rows. */
function packAtOnce(driver: Driver, room: string, entries: readonly Entry[]): boolean {
  if (entries.length < PACK_AT_ONCE || unitsOf(entries) > UNITS_AT_ONCE) return false;
  // What no table can hold a pack could; it is refused all the same.
  if (!entries.every(({ seq, at }) => Number.isSafeInteger(seq) && Number.isSafeInteger(at))) return false;
  // A backup settles the tail of a file that may be older.
  if (!hasPacks(driver)) return false;
  const loose = looseAtOnce(driver, room);
  if (!loose || loose.length > LOOSE_AT_ONCE || unitsOf(loose) > UNITS_AT_ONCE) return false;
  const made = packOf([...loose, ...entries], false);
  if (!made) return false;
  if (loose.length > 0) driver.run('delete from entries where room = ?', room);
  insertPack(driver, room, made);
  return true;
}

/** Null if one of them is damaged: who writes behind it must not be held up by that. */
function looseAtOnce(driver: Driver, room: string): Entry[] | null {
  try {
    return looseEntries(driver, room, 0, Number.MAX_SAFE_INTEGER, LOOSE_AT_ONCE + 1);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function unitsOf(entries: readonly Entry[]): number {
  let units = 0;
  for (const { op } of entries) for (const part of op) units += typeof part === 'string' ? part.length : 0;
  return units;
}

/** A call of the library costs more than a row: so many go with one, and what is left over one by one. */
const ROWS_AT_ONCE = 8;
const ROW = '(?, ?, ?, ?, ?, ?)';
const INSERT = 'insert into entries (room, rev, author, seq, at, op) values';
const INSERT_ONE = `${INSERT} ${ROW}`;
const INSERT_MANY = `${INSERT} ${Array<string>(ROWS_AT_ONCE).fill(ROW).join(', ')}`;

function insertRows(driver: Driver, room: string, entries: readonly Entry[]): void {
  let at = 0;
  for (; at + ROWS_AT_ONCE <= entries.length; at += ROWS_AT_ONCE) {
    driver.run(INSERT_MANY, ...entries.slice(at, at + ROWS_AT_ONCE).flatMap((entry) => rowOf(room, entry)));
  }
  for (const entry of entries.slice(at)) driver.run(INSERT_ONE, ...rowOf(room, entry));
}

function rowOf(room: string, { rev, author, seq, at, op }: Entry): Value[] {
  return [room, rev, author, seq, at, JSON.stringify(op)];
}

/** And what they settle. */
export function updateSettled(driver: Driver, room: string, settled: SettledBy): void {
  for (const [author, { seq, rev }] of settled) {
    driver.run('update authors set last_seq = ?, last_rev = ? where room = ? and author = ?', seq, rev, room, author);
  }
}

/** Newest settled `seq` of an author, 0 before its first edit; undefined if the room has no such author. */
export function lastSeqOf(driver: Driver, room: string, author: number): number | undefined {
  const sql = 'select last_seq from authors where room = ? and author = ?';
  return driver.first<{ last_seq: number }>(sql, room, author)?.last_seq;
}

import type { Entry } from '../storage.ts';
import type { Driver } from './driver.ts';

/** What is settled of authors, by number. */
export type SettledBy = ReadonlyMap<number, { seq: number; rev: number }>;

/** Writes entries of a room that were judged to fit. */
export function insertEntries(driver: Driver, room: string, entries: readonly Entry[]): void {
  for (const { rev, author, seq, at, op, yjs } of entries) {
    driver.run(
      'insert into entries (room, rev, author, seq, at, op) values (?, ?, ?, ?, ?, ?)',
      room,
      rev,
      author,
      seq,
      at,
      JSON.stringify(op),
    );
    if (yjs) driver.run('insert into entries_yjs (room, rev, yjs) values (?, ?, ?)', room, rev, yjs);
  }
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

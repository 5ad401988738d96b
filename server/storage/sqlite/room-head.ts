import { StorageRefused } from '../storage.ts';
import type { Driver } from './driver.ts';

/** The newest revision of the room that `id` names in a statement; null without entries. Packs have only what is before other rows. */
export const headSql = (id: string): string =>
  `coalesce((select max(rev) from entries where room = ${id}), (select max(to_rev) from packs where room = ${id}))`;

const HEAD = `select ${headSql('rooms.id')} as head from rooms where id = ?`;

/** The newest revision of a room; 0 without entries. Throws `StorageRefused` for an unknown room. */
export function headOf(driver: Driver, room: string): number {
  const row = driver.first<{ head: number | null }>(HEAD, room);
  if (!row) throw unknownRoom(room);
  return row.head ?? 0;
}

/**
 * Throws `StorageRefused` for an unknown room. Never looks at its log: whatever seeks there passes over the newest entries, and of
 * a row without a rowid that has overflowed its page SQLite reads all of it to compare it, a pasted book for a comparison.
 */
export function requireRoom(driver: Driver, room: string): void {
  if (!driver.first('select 1 from rooms where id = ?', room)) throw unknownRoom(room);
}

function unknownRoom(room: string): StorageRefused {
  return new StorageRefused(`There is no room ${room}.`);
}

/** How often something was taken out of a room's history; 0 for an unknown room. */
export function redactionsOf(driver: Driver, room: string): number {
  return driver.first<{ redactions: number }>('select redactions from rooms where id = ?', room)?.redactions ?? 0;
}

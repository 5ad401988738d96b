import type { Driver } from '../sqlite/driver.ts';
import { createPackReader, DamagedPack, hasPacks, type PackReader } from '../sqlite/pack-rows.ts';
import { headSql } from '../sqlite/room-head.ts';
import { ToolFailure } from './tool-failure.ts';

export interface FileCounts {
  rooms: number;
  entries: number;
}

/** What would be wrong with a database whose pages are right. Each finds rooms. */
const FAULTS: readonly { what: string; sql: string }[] = [
  {
    what: 'a log with holes',
    sql:
      'select room from entries group by room having count(*) <> max(rev) - min(rev) + 1 or ' +
      'min(rev) <> 1 + coalesce((select max(to_rev) from packs where packs.room = entries.room), 0)',
  },
  {
    what: 'packs of entries that do not follow each other',
    sql:
      'select room from packs as one where to_rev < from_rev or from_rev <> 1 + ' +
      'coalesce((select max(to_rev) from packs where room = one.room and to_rev < one.to_rev), 0)',
  },
  { what: 'entries without a room', sql: 'select room from entries where room not in (select id from rooms)' },
  { what: 'packs without a room', sql: 'select room from packs where room not in (select id from rooms)' },
  { what: 'links without a room', sql: 'select room from links where room not in (select id from rooms)' },
  {
    what: 'a snapshot beyond the log',
    sql: `select room from snapshots where rev > coalesce(${headSql('snapshots.room')}, 0)`,
  },
];

/** Looks through a whole database file of the embedded engine. Throws `ToolFailure`, with `name`, if anything is wrong with it. */
export function checkFile(driver: Driver, name: string): FileCounts {
  expectPacks(driver);
  const [result] = driver.all<{ integrity_check: string }>('pragma integrity_check');
  if (result?.integrity_check !== 'ok') {
    throw new ToolFailure(`${name} is damaged: ${result?.integrity_check ?? 'it has no answer'}.`);
  }
  for (const { what, sql } of FAULTS) {
    const found = driver.first<{ room: string }>(`${sql} limit 1`);
    if (found) throw new ToolFailure(`${name} has ${what}: room ${found.room}.`);
  }
  const count = (table: string): number =>
    driver.first<{ count: number }>(`select count(*) as count from ${table}`)?.count ?? 0;
  return { rooms: count('rooms'), entries: count('entries') + checkPacks(driver, name) };
}

/** Opens every pack. Returns how many entries they have. */
function checkPacks(driver: Driver, name: string): number {
  const packs = createPackReader(driver);
  let entries = 0;
  const rows = driver.all<{ room: string; from: number; to: number }>(
    'select room, from_rev as "from", to_rev as "to" from packs order by room, to_rev',
  );
  for (const { room, from, to } of rows) {
    const length = to - from + 1;
    if (lengthOf(packs, room, to) !== length) {
      throw new ToolFailure(`${name} has a damaged pack of entries: room ${room}, revisions ${from} to ${to}.`);
    }
    entries += length;
  }
  return entries;
}

/** Null for one that cannot be opened to its last entry. */
function lengthOf(packs: PackReader, room: string, to: number): number | null {
  try {
    const opened = packs.open(room, to);
    if (opened && opened.length > 0) opened.entry(opened.length - 1);
    return opened?.length ?? null;
  } catch (error) {
    if (error instanceof DamagedPack) return null;
    throw error;
  }
}

/** The newest revision of every room in the file. */
export function headsIn(driver: Driver): Map<string, number> {
  expectPacks(driver);
  const rows = driver.all<{ id: string; head: number }>(`select id, coalesce(${headSql('id')}, 0) as head from rooms`);
  return new Map(rows.map(({ id, head }) => [id, head]));
}

/** A file of before there were packs has none: then an empty table that only this connection sees stands for them. */
function expectPacks(driver: Driver): void {
  if (hasPacks(driver)) return;
  driver.exec(
    'create temp table if not exists packs (room text, from_rev integer, to_rev integer, form text, data blob)',
  );
}

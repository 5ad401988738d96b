import type { Driver } from '../sqlite/driver.ts';
import { ToolFailure } from './tool-failure.ts';

export interface FileCounts {
  rooms: number;
  entries: number;
}

/** What would be wrong with a database whose pages are right. Each finds rooms. */
const FAULTS: readonly { what: string; sql: string }[] = [
  {
    what: 'a log with holes',
    sql: 'select room from entries group by room having count(*) <> max(rev) or min(rev) <> 1',
  },
  { what: 'entries without a room', sql: 'select room from entries where room not in (select id from rooms)' },
  { what: 'links without a room', sql: 'select room from links where room not in (select id from rooms)' },
  {
    what: 'a snapshot beyond the log',
    sql: 'select room from snapshots where rev > (select coalesce(max(rev), 0) from entries where room = snapshots.room)',
  },
];

/** Looks through a whole database file of the embedded engine. Throws `ToolFailure`, with `name`, if anything is wrong with it. */
export function checkFile(driver: Driver, name: string): FileCounts {
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
  return { rooms: count('rooms'), entries: count('entries') };
}

/** The newest revision of every room in the file. */
export function headsIn(driver: Driver): Map<string, number> {
  const rows = driver.all<{ id: string; head: number }>(
    'select id, coalesce((select max(rev) from entries where room = id), 0) as head from rooms',
  );
  return new Map(rows.map(({ id, head }) => [id, head]));
}

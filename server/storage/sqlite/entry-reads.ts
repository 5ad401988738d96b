import type { Op } from '../../../lib/ot/index.ts';
import { marksOf } from '../marks-of.ts';
import type { Unpacked } from '../packs/unpack.ts';
import type { Entry, EntryMarks } from '../storage.ts';
import type { Driver } from './driver.ts';
import { packsBetween, type PackReader } from './pack-rows.ts';

type Mark = Pick<Entry, 'author' | 'at'>;

interface EntryRow extends Omit<Entry, 'op' | 'yjs'> {
  op: string;
}

/** Reads of a room's log, which is in packs first and in rows of their own behind them. */
export interface EntryReads {
  /** As `Storage.entries`. */
  entries(room: string, from: number, to: number, limit: number): Entry[];
  /** As `Storage.marks`. */
  marks(room: string, from: number, to: number, limit: number): EntryMarks;
}

export function createEntryReads(driver: Driver, packs: PackReader): EntryReads {
  /** What `pick` gives of packed entries, in order. */
  function packed<T>(
    room: string,
    from: number,
    to: number,
    limit: number,
    pick: (pack: Unpacked, index: number, rev: number) => T,
  ): T[] {
    const found: T[] = [];
    for (const { from_rev: first, to_rev: last } of packsBetween(driver, room, from, to)) {
      if (found.length >= limit) break;
      const opened = packs.open(room, last);
      if (!opened) break;
      const end = Math.min(last, to);
      for (let rev = Math.max(first, from); rev <= end && found.length < limit; rev++) {
        found.push(pick(opened, rev - first, rev));
      }
    }
    return found;
  }

  function entries(room: string, from: number, to: number, limit: number): Entry[] {
    const old = packed<Entry>(room, from, to, limit, (pack, index, rev) => ({ rev, ...pack.entry(index) }));
    const all = old.length < limit ? old.concat(looseEntries(driver, room, from, to, limit - old.length)) : old;
    return hasLineage(driver, room) ? withBytes(driver, room, all) : all;
  }

  function marks(room: string, from: number, to: number, limit: number): EntryMarks {
    const old = packed<Mark>(room, from, to, limit, (pack, index) => pack.mark(index));
    const sql = 'select author, at from entries where room = ? and rev between ? and ? order by rev limit ?';
    if (old.length < limit) {
      for (const mark of driver.all<Mark>(sql, room, from, to, limit - old.length)) old.push(mark);
    }
    return marksOf(old);
  }

  return { entries, marks };
}

/** Entries in rows of their own, at most `limit`, without Yjs bytes. */
export function looseEntries(driver: Driver, room: string, from: number, to: number, limit: number): Entry[] {
  const rows = driver.all<EntryRow>(
    'select rev, author, seq, at, op from entries where room = ? and rev between ? and ? order by rev limit ?',
    room,
    from,
    to,
    limit,
  );
  // Only `append` writes this column.
  return rows.map((row) => ({ ...row, op: JSON.parse(row.op) as Op }));
}

/** One step into an index that holds only the rooms with a lineage, so that the others' reads stay what they are. */
export function hasLineage(driver: Driver, room: string): boolean {
  return driver.first('select 1 from lineages where room = ?', room) !== undefined;
}

function withBytes(driver: Driver, room: string, entries: readonly Entry[]): Entry[] {
  const rows = driver.all<{ rev: number; yjs: ArrayBuffer }>(
    'select rev, yjs from entries_yjs where room = ? and rev between ? and ?',
    room,
    entries[0]?.rev ?? 0,
    entries.at(-1)?.rev ?? 0,
  );
  const bytes = new Map(rows.map(({ rev, yjs }) => [rev, yjs]));
  return entries.map((entry) => {
    const yjs = bytes.get(entry.rev);
    return yjs ? { ...entry, yjs: new Uint8Array(yjs) } : entry;
  });
}

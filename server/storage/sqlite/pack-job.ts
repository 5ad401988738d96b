import { firstToMerge, MOST_SIZE } from '../packs/choose-packs.ts';
import { mergePacks } from '../packs/merge-packs.ts';
import type { Unpacked } from '../packs/unpack.ts';
import type { Entry } from '../storage.ts';
import type { Driver } from './driver.ts';
import { looseEntries } from './entry-reads.ts';
import { deletePack, insertPack, packsBetween, type PackReader, type PackRow } from './pack-rows.ts';
import { snapshotAt, writeSnapshot, type SnapshotForm } from './snapshot-methods.ts';

/** Fewer entries stay in rows of their own: some 17 KB at most, and they are soon joined by others. */
const LOOSE_WORTH = 256;
/** As many as go into a pack at once: deleting their rows takes some 10 ms. */
const LOOSE_MOST = 4_096;
/** Rows that are read at a time, for each may be large. */
const LOOSE_PAGE = 256;
/** A text that is shorter, in bytes, saves a page of the file at most. */
const TEXT_WORTH = 4_096;
/** The newest text of a room is opened with the room: a longer one would take longer than what it saves is worth. */
const NEWEST_TEXT_MOST = 256 * 1024;
/** A pack is written again for the sake of a text if it is at most so many times as large. */
const PACK_TO_TEXT = 4;
/** How much of a pack has to be new: in a room that is being written in, and in one that rests. */
const SHARE_BUSY = 1;
const SHARE_AT_REST = 8;

/** Something of a room that would take fewer bytes. */
export interface PackJob {
  readonly room: string;
  /** Gives the bytes that are to be compressed; it rests now and then. Throws an Error if something in the room is damaged. */
  steps(): Generator<void, Uint8Array, void>;
  /** Puts what was compressed in place of what was read; in a transaction. Throws an Error if that has changed. */
  write(squeezed: Uint8Array, size: number): void;
}

interface SnapshotAbout {
  rev: number;
  form: SnapshotForm;
  bytes: number;
}

/** What is to be done next in a room; null: nothing that is worth it. `atRest`: nobody has written in it for a while. */
export function findJob(driver: Driver, packs: PackReader, room: string, atRest: boolean): PackJob | null {
  const rows = packsBetween(driver, room, 0, Number.MAX_SAFE_INTEGER);
  const loose = isManyLoose(driver, room) ? someLoose(driver, room) : { entries: [], size: 0 };
  const sizes = rows.map(({ from_rev: from, to_rev: to, size, form }) => {
    return { entries: to - from + 1, size, isSqueezed: form === 'squeezed' };
  });
  const about = { entries: loose.entries.length, size: loose.size };
  const merged = rows.slice(firstToMerge(sizes, about, atRest ? SHARE_AT_REST : SHARE_BUSY));
  const texts = snapshotsOf(driver, room);
  const newest = texts.at(-1);
  const lastPack = rows.at(-1);
  const to = loose.entries.at(-1)?.rev ?? lastPack?.to_rev ?? 0;
  const keepsText = newest?.rev === to && atRest && isWorthKeeping(newest);
  if (merged.length > 0 || loose.entries.length > 0) {
    return mergeJob(driver, packs, room, merged, loose.entries, keepsText ? newest.rev : null);
  }
  if (!atRest) return null;
  if (keepsText && newest.form === 'plain' && lastPack && lastPack.size <= newest.bytes * PACK_TO_TEXT) {
    return mergeJob(driver, packs, room, [lastPack], [], newest.rev);
  }
  const long = texts.find(({ rev, form, bytes }) => {
    return form === 'plain' && bytes >= TEXT_WORTH && (rev !== newest?.rev || bytes <= NEWEST_TEXT_MOST);
  });
  return long ? textJob(driver, packs, room, long.rev) : null;
}

/** Whether `findJob` may find something in a room that rests, at a glance. */
export function mayHaveJob(driver: Driver, room: string): boolean {
  if (isManyLoose(driver, room)) return true;
  if (driver.first("select 1 from packs where room = ? and form = 'plain' limit 1", room)) return true;
  return snapshotsOf(driver, room).some(({ form, bytes }) => form === 'plain' && bytes >= TEXT_WORTH);
}

function isManyLoose(driver: Driver, room: string): boolean {
  const sql = 'select 1 from entries where room = ? order by rev limit 1 offset ?';
  return driver.first(sql, room, LOOSE_WORTH - 1) !== undefined;
}

/** The oldest loose entries, as many as go into one pack. */
function someLoose(driver: Driver, room: string): { entries: Entry[]; size: number } {
  const entries: Entry[] = [];
  let size = 0;
  while (entries.length < LOOSE_MOST) {
    const page = looseEntries(driver, room, (entries.at(-1)?.rev ?? -1) + 1, Number.MAX_SAFE_INTEGER, LOOSE_PAGE);
    for (const entry of page) {
      for (const part of entry.op) size += typeof part === 'string' ? part.length + 2 : 2;
      if (size > MOST_SIZE && entries.length > 0) return { entries, size };
      entries.push(entry);
    }
    if (page.length < LOOSE_PAGE) break;
  }
  return { entries, size };
}

function snapshotsOf(driver: Driver, room: string): SnapshotAbout[] {
  const sql = 'select rev, form, length(text) as bytes from snapshots where room = ? order by rev';
  return driver.all<SnapshotAbout>(sql, room);
}

function isWorthKeeping({ form, bytes }: SnapshotAbout): boolean {
  switch (form) {
    case 'packed':
      return true;
    case 'plain':
      return bytes >= TEXT_WORTH && bytes <= NEWEST_TEXT_MOST;
    case 'squeezed':
      return false;
  }
}

/** One pack in place of some that follow each other and of loose entries behind them, with the text at its end if it has a revision. */
function mergeJob(
  driver: Driver,
  packs: PackReader,
  room: string,
  merged: readonly PackRow[],
  loose: readonly Entry[],
  textAt: number | null,
): PackJob {
  const from = merged[0]?.from_rev ?? loose[0]?.rev ?? 0;
  const to = loose.at(-1)?.rev ?? merged.at(-1)?.to_rev ?? 0;
  const opened: Unpacked[] = [];

  /** The texts of packs that are none any more, which are somewhere else from now on. */
  function moveTexts(): void {
    for (const { to_rev: rev, has_text: hasText } of merged) {
      if (hasText === 0 || rev === textAt) continue;
      const row = driver.first('select 1 from snapshots where room = ? and rev = ? and form = ?', room, rev, 'packed');
      const text = row && snapshotAt(driver, packs, room, rev);
      if (typeof text === 'string') writeSnapshot(driver, room, rev, 'plain', Buffer.from(text, 'utf8'));
    }
  }

  return {
    room,
    *steps() {
      for (const { to_rev: rev } of merged) {
        const one = packs.open(room, rev);
        if (!one) throw new Error(`The pack at revision ${rev} of room ${room} is gone.`);
        opened.push(one);
        yield;
      }
      const text = textAt === null ? null : snapshotAt(driver, packs, room, textAt);
      const rows = { length: loose.length, entry: (index: number) => loose[index] ?? missing(index) };
      return yield* mergePacks([...opened, rows], text);
    },
    write(squeezed, size) {
      const at = loose.at(-1)?.at ?? opened.at(-1)?.mark((opened.at(-1)?.length ?? 0) - 1).at ?? 0;
      moveTexts();
      for (const { to_rev: rev } of merged) {
        if (!deletePack(driver, room, rev)) throw new Error(`The pack at revision ${rev} of room ${room} is gone.`);
      }
      const [first, last] = [loose[0]?.rev ?? 0, loose.at(-1)?.rev ?? -1];
      const gone = driver.run('delete from entries where room = ? and rev between ? and ?', room, first, last);
      if (gone !== loose.length) throw new Error(`There were ${gone} entries in room ${room}, not ${loose.length}.`);
      insertPack(driver, room, { from, to, at, size, form: 'squeezed', hasText: textAt !== null, data: squeezed });
      if (textAt !== null) writeSnapshot(driver, room, textAt, 'packed', new Uint8Array(0));
    },
  };
}

/** A text compressed in its row. */
function textJob(driver: Driver, packs: PackReader, room: string, rev: number): PackJob {
  return {
    room,
    *steps() {
      const text = snapshotAt(driver, packs, room, rev) ?? '';
      yield;
      return Buffer.from(text, 'utf8');
    },
    write: (squeezed) => writeSnapshot(driver, room, rev, 'squeezed', squeezed),
  };
}

function missing(index: number): never {
  throw new RangeError(`There is no entry ${index}.`);
}

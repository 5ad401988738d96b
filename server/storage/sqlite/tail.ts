import { judgeBatch } from '../judge-batch.ts';
import { StorageRefused, type Batch, type Entry } from '../storage.ts';
import { insertAuthor } from './author-rows.ts';
import type { Results } from './calls.ts';
import type { Driver } from './driver.ts';
import { inTransaction } from './in-transaction.ts';
import { insertEntries, lastSeqOf, updateSettled } from './log-rows.ts';
import { packBatches, unpackBatches, type Held } from './packed-batch.ts';
import { headOf } from './room-head.ts';
import { weigh } from './weigh.ts';

/** UTF-16 units of ops as JSON, about, that one row may hold; a batch that is larger is not worth being written twice. */
const ROW_UNITS = 16 * 1024;
/** The same for all rows, and how many entries they may hold: reading the log writes them first. */
const TAIL_UNITS = 256 * 1024;
const TAIL_ENTRIES = 1_000;

/**
 * The newest entries and authors of all rooms. Each commit writes those that it has to make durable as one row, wherever they belong: a
 * commit costs by the pages that it touches, and with rows in their places every room and its authors would be one. Now and then,
 * and before anybody reads the log, they move to their tables, many at a time.
 */
export interface Tail {
  readonly isEmpty: boolean;
  /** It has grown so long that it is to be moved. */
  readonly isLong: boolean;
  /**
   * `Storage.append`, for a batch that the tail can hold: one without Yjs, and not large. Only `write` writes it. Null
   * for any other: then the tail has to be settled, and the batch written to its tables.
   */
  append(room: string, batch: Batch): Results['append'] | null;
  /** The newest revision of a room. Throws `StorageRefused` for an unknown one. */
  headOf(room: string): number;
  /** Has the room this author? Throws as `headOf` does. */
  hasAuthor(room: string, author: number): boolean;
  /** Takes a batch that is durable elsewhere and fits, and keeps it until it is in its tables. */
  hold(one: Held): void;
  /** Writes what was appended since the last `write`. In a transaction, as all that follows. */
  write(): void;
  /** Moves everything to its tables. */
  settle(): void;
  /** The transaction is durable. */
  committed(): void;
  /** The transaction was rolled back: begins anew with what the disk has, and with what is held for elsewhere. */
  reload(): void;
  /** How many of those that it was given by `hold` are in their tables, for good, and how many are not. */
  readonly moved: number;
  readonly kept: number;
}

/** What is known of a room beyond its tables. */
interface Ahead {
  head: number;
  readonly lastSeq: Map<number, number>;
}

export function createTail(driver: Driver): Tail {
  let ahead = new Map<string, Ahead>();
  /** In rows already, and those that `write` will write. */
  let held: Held[] = [];
  let fresh: Held[] = [];
  /** Of `held`, what is durable elsewhere and in no row. */
  let kept: Held[] = [];
  let moved = 0;
  /** Everything went to its tables in the transaction that is open. */
  let isSettled = false;
  let units = 0;
  let entries = 0;
  let lastRow = 0;
  reload();

  function reload(): void {
    forget();
    isSettled = false;
    for (const { n, data } of driver.all<{ n: number; data: ArrayBuffer }>('select n, data from tail order by n')) {
      // Only `write` writes this table.
      for (const one of unpackBatches(new Uint8Array(data))) keep(one);
      lastRow = n;
    }
    for (const one of kept) keep(one);
  }

  function keep(one: Held): void {
    held.push(one);
    entries += one.entries.length;
  }

  function forget(): void {
    ahead = new Map();
    held = [];
    fresh = [];
    units = 0;
    entries = 0;
    lastRow = 0;
  }

  function aheadOf(room: string): Ahead {
    const known = ahead.get(room);
    if (known) return known;
    const mine = held.filter((one) => one.room === room);
    const made: Ahead = { head: headOf(driver, room), lastSeq: new Map() };
    ahead.set(room, made);
    for (const one of mine) advance(made, one);
    return made;
  }

  function advance(room: Ahead, { entries: added, settled, authors = [] }: Held): void {
    room.head = added.at(-1)?.rev ?? room.head;
    for (const { author } of authors) room.lastSeq.set(author, 0);
    for (const [author, { seq }] of settled) room.lastSeq.set(author, seq);
  }

  function append(room: string, batch: Batch): Results['append'] | null {
    const weight = weigh(batch);
    if (weight === null || weight > ROW_UNITS) return null;
    const known = aheadOf(room);
    const judged = judgeBatch(known.head, batch, (author) => lastSeqIn(room, author), noLineage);
    if (judged.kind === 'conflict') return { ok: false, rev: known.head };
    const one: Held = { room, entries: batch.entries, settled: judged.settled };
    advance(known, one);
    fresh.push(one);
    units += weight;
    entries += batch.entries.length;
    return { ok: true };
  }

  /** As `lastSeqOf`, with what is ahead of the tables. */
  function lastSeqIn(room: string, author: number): number | undefined {
    const known = aheadOf(room);
    const seq = known.lastSeq.get(author) ?? lastSeqOf(driver, room, author);
    if (seq !== undefined) known.lastSeq.set(author, seq);
    return seq;
  }

  function hold(one: Held): void {
    const known = ahead.get(one.room);
    if (known) advance(known, one);
    kept.push(one);
    keep(one);
  }

  function committed(): void {
    if (!isSettled) return;
    isSettled = false;
    moved += kept.length;
    kept = [];
  }

  function write(): void {
    if (fresh.length === 0) return;
    lastRow += 1;
    driver.run('insert into tail (n, data) values (?, ?)', lastRow, packBatches(fresh));
    held.push(...fresh);
    fresh = [];
  }

  function settle(): void {
    const rooms = new Map<string, { entries: Entry[]; settled: Map<number, { seq: number; rev: number }> }>();
    for (const one of [...held, ...fresh]) {
      const known = rooms.get(one.room) ?? { entries: [], settled: new Map<number, { seq: number; rev: number }>() };
      rooms.set(one.room, known);
      for (const author of one.authors ?? []) insertAuthor(driver, one.room, author);
      for (const entry of one.entries) known.entries.push(entry);
      // In their order, so the newest stays.
      for (const [author, last] of one.settled) known.settled.set(author, last);
    }
    for (const [room, { entries: all, settled }] of rooms) {
      if (all.length > 0) insertEntries(driver, room, all);
      updateSettled(driver, room, settled);
    }
    if (held.length > 0) driver.run('delete from tail');
    forget();
    isSettled = true;
  }

  return {
    get isEmpty() {
      return held.length + fresh.length === 0;
    },
    get isLong() {
      return units > TAIL_UNITS || entries > TAIL_ENTRIES;
    },
    headOf: (room) => aheadOf(room).head,
    hasAuthor: (room, author) => lastSeqIn(room, author) !== undefined,
    append,
    hold,
    write,
    settle,
    committed,
    reload,
    get moved() {
      return moved;
    },
    get kept() {
      return kept.length;
    },
  };
}

/**
 * Moves everything to its tables, and what `add` gives to the tail before. For a file that no server uses; one of before there
 * was a tail has none.
 */
export function settleTail(driver: Driver, add?: (tail: Tail) => void): void {
  if (!driver.first("select 1 from sqlite_schema where type = 'table' and name = 'tail'")) return;
  inTransaction(driver, () => {
    const tail = createTail(driver);
    add?.(tail);
    tail.settle();
  });
}

/** Asked only for batches with bytes, and those do not come here. */
function noLineage(): boolean {
  throw new StorageRefused('The tail takes no bytes of a lineage.');
}

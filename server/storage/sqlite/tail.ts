import { judgeBatch } from '../judge-batch.ts';
import { StorageRefused, type Batch, type Entry } from '../storage.ts';
import type { Results } from './calls.ts';
import type { Driver } from './driver.ts';
import { insertEntries, lastSeqOf, updateSettled, type SettledBy } from './log-rows.ts';
import { headOf } from './room-head.ts';

/** UTF-16 units of ops as JSON, about, that one row may hold; a batch that is larger is not worth being written twice. */
const ROW_UNITS = 16 * 1024;
/** The same for all rows, and how many entries they may hold: reading the log writes them first. */
const TAIL_UNITS = 256 * 1024;
const TAIL_ENTRIES = 1_000;

/**
 * The newest entries of all rooms. Each commit writes those that it has to make durable as one row, wherever they belong: a
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
  /** Writes what was appended since the last `write`. In a transaction, as all that follows. */
  write(): void;
  /** Moves everything to its tables. */
  settle(): void;
  /** The transaction was rolled back: begins anew with what the disk has. */
  reload(): void;
}

/** What is known of a room beyond its tables. */
interface Ahead {
  head: number;
  readonly lastSeq: Map<number, number>;
}

interface Held {
  room: string;
  entries: readonly Entry[];
  settled: SettledBy;
}

/** As it stands in a row: JSON, as bytes for the sake of U+0000. */
type Packed = readonly [
  room: string,
  entries: readonly (readonly [rev: number, author: number, seq: number, at: number, op: Entry['op']])[],
  settled: readonly (readonly [author: number, seq: number, rev: number])[],
];

export function createTail(driver: Driver): Tail {
  let ahead = new Map<string, Ahead>();
  /** In rows already, and those that `write` will write. */
  let held: Held[] = [];
  let fresh: Held[] = [];
  let units = 0;
  let entries = 0;
  let lastRow = 0;
  reload();

  function reload(): void {
    forget();
    for (const { n, data } of driver.all<{ n: number; data: ArrayBuffer }>('select n, data from tail order by n')) {
      // Only `write` writes this table.
      const batches = JSON.parse(Buffer.from(data).toString('utf8')) as Packed[];
      for (const one of batches.map(unpack)) {
        held.push(one);
        entries += one.entries.length;
      }
      lastRow = n;
    }
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

  function advance(room: Ahead, { entries: added, settled }: Held): void {
    room.head = added.at(-1)?.rev ?? room.head;
    for (const [author, { seq }] of settled) room.lastSeq.set(author, seq);
  }

  function append(room: string, batch: Batch): Results['append'] | null {
    const weight = weigh(batch);
    if (weight === null || weight > ROW_UNITS) return null;
    const known = aheadOf(room);
    const lastSeq = (author: number): number | undefined => {
      const seq = known.lastSeq.get(author) ?? lastSeqOf(driver, room, author);
      if (seq !== undefined) known.lastSeq.set(author, seq);
      return seq;
    };
    const judged = judgeBatch(known.head, batch, lastSeq, noLineage);
    if (judged.kind === 'conflict') return { ok: false, rev: known.head };
    const one: Held = { room, entries: batch.entries, settled: judged.settled };
    advance(known, one);
    fresh.push(one);
    units += weight;
    entries += batch.entries.length;
    return { ok: true };
  }

  function write(): void {
    if (fresh.length === 0) return;
    lastRow += 1;
    const data = Buffer.from(JSON.stringify(fresh.map(pack)), 'utf8');
    driver.run('insert into tail (n, data) values (?, ?)', lastRow, data);
    held.push(...fresh);
    fresh = [];
  }

  function settle(): void {
    const rooms = new Map<string, { entries: Entry[]; authors: Map<number, { seq: number; rev: number }> }>();
    for (const one of [...held, ...fresh]) {
      const known = rooms.get(one.room) ?? { entries: [], authors: new Map<number, { seq: number; rev: number }>() };
      rooms.set(one.room, known);
      for (const entry of one.entries) known.entries.push(entry);
      // In their order, so the newest stays.
      for (const [author, last] of one.settled) known.authors.set(author, last);
    }
    for (const [room, { entries: all, authors }] of rooms) {
      insertEntries(driver, room, all);
      updateSettled(driver, room, authors);
    }
    if (held.length > 0) driver.run('delete from tail');
    forget();
  }

  return {
    get isEmpty() {
      return held.length + fresh.length === 0;
    },
    get isLong() {
      return units > TAIL_UNITS || entries > TAIL_ENTRIES;
    },
    append,
    write,
    settle,
    reload,
  };
}

/** Moves everything to its tables. For a file that no server uses; one of before there was a tail has none. */
export function settleTail(driver: Driver): void {
  if (!driver.first("select 1 from sqlite_schema where type = 'table' and name = 'tail'")) return;
  driver.exec('begin immediate');
  try {
    createTail(driver).settle();
    driver.exec('commit');
  } finally {
    if (driver.inTransaction) driver.exec('rollback');
  }
}

/** Units of its ops, or null if it has to do with Yjs, or with what no table can hold and would never leave the tail. */
function weigh({ entries, settled, lineage }: Batch): number | null {
  if (lineage || !settled.every(({ seq, rev }) => Number.isSafeInteger(seq) && Number.isSafeInteger(rev))) return null;
  let units = 0;
  for (const { seq, at, op, yjs } of entries) {
    if (yjs || !Number.isSafeInteger(seq) || !Number.isSafeInteger(at)) return null;
    units += 8;
    for (const part of op) units += typeof part === 'string' ? part.length + 3 : 6;
  }
  return units;
}

/** Asked only for batches with bytes, and those do not come here. */
function noLineage(): boolean {
  throw new StorageRefused('The tail takes no bytes of a lineage.');
}

function pack({ room, entries, settled }: Held): Packed {
  return [
    room,
    entries.map(({ rev, author, seq, at, op }) => [rev, author, seq, at, op] as const),
    [...settled].map(([author, { seq, rev }]) => [author, seq, rev] as const),
  ];
}

function unpack([room, entries, settled]: Packed): Held {
  return {
    room,
    entries: entries.map(([rev, author, seq, at, op]) => ({ rev, author, seq, at, op })),
    settled: new Map(settled.map(([author, seq, rev]) => [author, { seq, rev }])),
  };
}

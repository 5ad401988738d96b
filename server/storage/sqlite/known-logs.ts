import { isIdentity } from '../../../lib/ot/index.ts';
import type { Batch } from '../storage.ts';
import type { Held } from './packed-batch.ts';
import { weigh } from './weigh.ts';

/** UTF-16 units of ops, about, that may be written from this thread at once; larger batches go their usual way. */
const MOST_UNITS = 16 * 1024;
/** Rooms that are known at most. They are learned anew when they are needed. */
const MOST_ROOMS = 10_000;

interface Known {
  /** The newest revision; null while that is not known. */
  head: number | null;
  /** Appends of the storage's thread without an answer yet. */
  pending: number;
  /** Newest settled `seq` of authors. */
  readonly lastSeq: Map<number, number>;
}

/**
 * Where rooms' logs end, as far as this thread has learned it from answers: enough to judge the usual edit of somebody who has
 * written before. Only one process writes a data folder, so nothing changes without being learned here.
 */
export interface KnownLogs {
  /** The batch as it is to be kept, if it is certain that it fits; null: nothing is said, ask the storage's thread. */
  judge(room: string, batch: Batch): Held | null;
  /** It is durable. */
  appended(held: Held): void;
  /** Before an append by the thread, and after it: `isIn` if it was taken. */
  asked(room: string): void;
  answered(room: string, batch: Batch, isIn: boolean): void;
  /** The thread has told of an author. */
  met(room: string, author: number, seq: number): void;
  /** Something else was done to the room's log. */
  forget(room: string): void;
}

export function createKnownLogs(): KnownLogs {
  const rooms = new Map<string, Known>();

  function known(room: string): Known {
    const found = rooms.get(room);
    if (found) return found;
    if (rooms.size >= MOST_ROOMS) for (const [id, { pending }] of rooms) if (pending === 0) rooms.delete(id);
    const made: Known = { head: null, pending: 0, lastSeq: new Map() };
    rooms.set(room, made);
    return made;
  }

  function learn(log: Known, author: number, seq: number): void {
    if (seq >= (log.lastSeq.get(author) ?? 0)) log.lastSeq.set(author, seq);
  }

  return {
    judge(room, batch) {
      const log = rooms.get(room);
      if (!log || log.head === null || log.pending > 0 || batch.entries.length === 0 || batch.settled.length > 0) {
        return null;
      }
      const units = weigh(batch);
      if (units === null || units > MOST_UNITS) return null;
      const settled = new Map<number, { seq: number; rev: number }>();
      let rev = log.head;
      for (const entry of batch.entries) {
        const last = settled.get(entry.author)?.seq ?? log.lastSeq.get(entry.author);
        rev += 1;
        if (entry.rev !== rev || last === undefined || entry.seq <= last || isIdentity(entry.op)) return null;
        settled.set(entry.author, { seq: entry.seq, rev });
      }
      return { room, entries: batch.entries, settled };
    },
    appended({ room, entries, settled }) {
      const log = known(room);
      log.head = entries.at(-1)?.rev ?? log.head;
      for (const [author, { seq }] of settled) learn(log, author, seq);
    },
    asked(room) {
      const log = known(room);
      log.head = null;
      log.pending += 1;
    },
    answered(room, { entries, settled }, isIn) {
      const log = known(room);
      log.pending -= 1;
      if (!isIn) return;
      for (const { author, seq } of [...entries, ...settled]) learn(log, author, seq);
      const last = entries.at(-1);
      if (last && log.pending === 0) log.head = last.rev;
    },
    met(room, author, seq) {
      learn(known(room), author, seq);
    },
    forget(room) {
      const log = rooms.get(room);
      if (!log) return;
      log.head = null;
      log.lastSeq.clear();
    },
  };
}

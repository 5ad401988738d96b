import { closeSync, constants, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from '../durable-files.ts';
import { journalFiles, recordOf } from './journal-file.ts';
import { textOfBatches, type Held } from './packed-batch.ts';

/**
 * Writing takes some tenths of a ms, for which this thread waits. It may wait for this share of the time, and for so many ms beyond
 * it; a disk that takes more is left to the storage's thread, which has nothing else to do.
 */
const WAITING_SHARE = 0.5;
const MOST_WAITING_MS = 500;
/** How long a disk that has refused a write is left to the storage's thread, in ms. */
const REST_MS = 2_000;
/** Bytes in one file, and batches that wait: more than a second of writing has, and little enough to be read at the next start. */
const MOST_BYTES = 8 * 1024 * 1024;
const MOST_BATCHES = 20_000;

/**
 * Only where `O_DSYNC` reaches the disk: Windows has none, and on macOS it leaves the data in the drive's cache, from which SQLite
 * is told to fetch it.
 */
export const CAN_JOURNAL = process.platform === 'linux';

interface File {
  readonly descriptor: number;
  readonly path: string;
  bytes: number;
  /** The number of its last batch. */
  last: number;
}

/**
 * The newest edits, and who is new in a room, in files to which the main thread itself appends: durable with one system call, where a commit of the
 * storage's thread takes two wake-ups and writes pages. They are given to that thread now and then, and once it has them in
 * their tables the file is emptied. There are two of them, so that one can be emptied while the other is written.
 */
export interface Journal {
  /** Makes all of them durable, or none: false, if the disk is slow or does not take them, or too many wait. */
  write(batches: readonly Held[]): boolean;
  /** What was written since the last time, for the storage's thread: texts of `textOfBatches`, which are carried there as they are. */
  take(): readonly string[];
  /** Batches in what `take` would give. */
  readonly fresh: number;
  /** Begins the other file, if it is free: from here on nothing is added to what was taken. */
  turnOver(): void;
  /** The storage's thread has put so many batches, of all that were ever taken, into their tables. */
  moved(total: number): void;
  /** It could not: the disk is full, perhaps. Nothing is written until it can. */
  stuck(): void;
  /** Something that was not moved yet is in a file. */
  readonly isEmpty: boolean;
  /** Ends it. Files of which everything was moved are removed. */
  close(): void;
}

/** `now`: ms, never set back. Throws the system's error if the files cannot be made; what they have must have been moved. */
export function createJournal(folder: string, now: () => number): Journal {
  const files = journalFiles(folder).map(open);
  syncFolder(folder);
  let [current, other] = files as [File, File];
  let fresh: string[] = [];
  let written = 0;
  let taken = 0;
  let movedUpTo = 0;
  /** How long this thread may still wait, in ms, as of the last look. */
  let patience = MOST_WAITING_MS;
  let lookedAt = now();
  let restsUntil = Number.NEGATIVE_INFINITY;
  let isStuck = false;

  function write(batches: readonly Held[]): boolean {
    const began = now();
    patience = Math.min(MOST_WAITING_MS, patience + (began - lookedAt) * WAITING_SHARE);
    lookedAt = began;
    if (
      patience <= 0 ||
      isStuck ||
      began < restsUntil ||
      written - movedUpTo > MOST_BATCHES ||
      current.bytes > MOST_BYTES
    )
      return false;
    const text = textOfBatches(batches);
    const record = recordOf(Buffer.from(text, 'utf8'));
    if (!append(record)) return false;
    current.bytes += record.length;
    fresh.push(text);
    written += batches.length;
    current.last = written;
    patience -= now() - began;
    return true;
  }

  function append(record: Buffer): boolean {
    try {
      if (writeSync(current.descriptor, record, 0, record.length, current.bytes) === record.length) return true;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
    // What was written of it must not be found at the next start, since its batches come again.
    cut(current, current.bytes);
    restsUntil = now() + REST_MS;
    return false;
  }

  function cut(file: File, bytes: number): void {
    try {
      ftruncateSync(file.descriptor, bytes);
      file.bytes = bytes;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      // The next start skips what the tables have; until then it is left alone.
      isStuck = true;
    }
  }

  return {
    write,
    take() {
      const texts = fresh;
      fresh = [];
      taken = written;
      return texts;
    },
    get fresh() {
      return written - taken;
    },
    turnOver() {
      if (other.bytes === 0) [current, other] = [other, current];
    },
    moved(total) {
      movedUpTo = total;
      isStuck = false;
      for (const file of [current, other]) if (file.bytes > 0 && file.last <= total) cut(file, 0);
    },
    stuck() {
      isStuck = true;
    },
    get isEmpty() {
      return current.bytes + other.bytes === 0;
    },
    close() {
      for (const { descriptor, path, last } of [current, other]) {
        closeSync(descriptor);
        if (last <= movedUpTo) rmSync(path, { force: true });
      }
      syncFolder(dirname(current.path));
    },
  };
}

/** Removes files of which everything was moved, where no journal was made of them. */
export function removeJournal(folder: string): void {
  for (const path of journalFiles(folder)) rmSync(path, { force: true });
}

/** Empty, and each write to it durable when it returns. What people write is nobody else's on this machine. */
function open(path: string): File {
  const { O_CREAT, O_TRUNC, O_WRONLY, O_DSYNC } = constants;
  return { descriptor: openSync(path, O_CREAT | O_TRUNC | O_WRONLY | O_DSYNC, 0o600), path, bytes: 0, last: 0 };
}

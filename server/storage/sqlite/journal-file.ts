import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unpackBatches, type Held } from './packed-batch.ts';

/** Beside the database and of its name, so that whoever looks for what belongs to it finds them. */
const ENDS = ['-tail0', '-tail1'] as const;

/** Length and checksum of what follows, 32 bits each. */
const HEADER = 8;

/** The files of a data folder in which the newest edits wait for their tables. */
export function journalFiles(folder: string): readonly [string, string] {
  const [first, second] = ENDS;
  return [join(folder, `tandem.db${first}`), join(folder, `tandem.db${second}`)];
}

/** Bytes as a record of such a file. */
export function recordOf(payload: Buffer): Buffer {
  const record = Buffer.allocUnsafe(HEADER + payload.length);
  record.writeUInt32LE(payload.length, 0);
  record.writeUInt32LE(checksum(payload), 4);
  payload.copy(record, HEADER);
  return record;
}

/**
 * What both files have, the older revisions of each room first. A record that is not whole was never acknowledged: it, and
 * what follows on it, is left out. Missing files are empty.
 */
export function readJournals(folder: string): Held[] {
  const held = journalFiles(folder).flatMap(readJournal);
  return held.sort((one, other) => firstRev(one) - firstRev(other));
}

function readJournal(file: string): Held[] {
  const bytes = read(file);
  const held: Held[] = [];
  let at = 0;
  while (at + HEADER < bytes.length) {
    const length = bytes.readUInt32LE(at);
    const payload = bytes.subarray(at + HEADER, at + HEADER + length);
    if (length === 0 || payload.length < length || bytes.readUInt32LE(at + 4) !== checksum(payload)) break;
    held.push(...unpackBatches(payload));
    at += HEADER + length;
  }
  return held;
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

function firstRev({ entries }: Held): number {
  return entries[0]?.rev ?? 0;
}

/** FNV-1a, 32 bit, of bytes: http://www.isthe.com/chongo/tech/comp/fnv/. It only has to tell a whole record from a torn one. */
function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

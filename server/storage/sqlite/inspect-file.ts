import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { DataFolderError } from './data-folder-error.ts';
import { APPLICATION_ID, SCHEMA_VERSION } from './schema.ts';

/** The length of a database's header, and offsets in it: https://www.sqlite.org/fileformat.html §1.3. */
const HEADER = 100;
const PAGE_SIZE_AT = 16;
const PAGE_COUNT_AT = 28;
const USER_VERSION_AT = 60;
const APPLICATION_ID_AT = 68;
const MAGIC = 'SQLite format 3\0';

/**
 * Looks at a database file without opening it as one, so that nothing of it changes. 'missing': a new one may be made.
 * Throws `DataFolderError` if it is not ours, was cut short, or is newer than this version of Tandem.
 */
export function inspectFile(file: string): 'ours' | 'missing' {
  const bytes = readHeader(file);
  if (!bytes) {
    if (sizeOf(`${file}-wal`) === 0) return 'missing';
    throw new DataFolderError(
      'torn',
      `${file} is missing, but the file with its newest changes (${file}-wal) is there. Put the database back, ` +
        'or move the other file away to begin anew.',
    );
  }
  if (bytes.header.length < HEADER) {
    throw new DataFolderError(
      'torn',
      `${file} has only ${bytes.size} bytes and cannot be Tandem's database. Restore it from a backup, or move it away to begin anew.`,
    );
  }
  if (bytes.header.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw new DataFolderError(
      'foreign',
      `${file} is not a SQLite database. Move it away, or set DATA_DIR to another folder.`,
    );
  }
  if (bytes.header.readUInt32BE(APPLICATION_ID_AT) !== APPLICATION_ID) {
    throw new DataFolderError(
      'foreign',
      `${file} is a database of another program. Move it away, or set DATA_DIR to another folder.`,
    );
  }
  refuseNewer(file, bytes.header.readUInt32BE(USER_VERSION_AT));

  const pageSize = bytes.header.readUInt16BE(PAGE_SIZE_AT);
  // The format writes 65,536 as 1.
  const needed = (pageSize === 1 ? 65_536 : pageSize) * bytes.header.readUInt32BE(PAGE_COUNT_AT);
  // With a write-ahead log beside it, SQLite itself brings a file up to length.
  if (bytes.size < needed && sizeOf(`${file}-wal`) === 0) {
    throw new DataFolderError(
      'torn',
      `${file} was cut short: it has ${bytes.size} of ${needed} bytes. Restore it from a backup; it was left as it is.`,
    );
  }
  return 'ours';
}

/** Throws `DataFolderError` ('newer') if `version` is beyond what this program knows. */
export function refuseNewer(file: string, version: number): void {
  if (version <= SCHEMA_VERSION) return;
  throw new DataFolderError(
    'newer',
    `${file} was written by a newer version of Tandem (schema ${version}; this one knows ${SCHEMA_VERSION}). ` +
      'Run that version, or set DATA_DIR to another folder.',
  );
}

function readHeader(file: string): { header: Buffer; size: number } | null {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  try {
    const header = Buffer.alloc(HEADER);
    const length = readSync(descriptor, header, 0, HEADER, 0);
    return { header: header.subarray(0, length), size: fstatSync(descriptor).size };
  } finally {
    closeSync(descriptor);
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

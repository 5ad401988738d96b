import { accessSync, constants, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { syncFile, syncFolder, syncUpTo } from '../durable-files.ts';
import { DataFolderError } from './data-folder-error.ts';
import { openDriver, SqliteFailure, type Driver } from './driver.ts';
import { inspectFile, refuseNewer } from './inspect-file.ts';
import { lockFolder } from './folder-lock.ts';
import { pageCount } from './page-gaps.ts';
import { APPLICATION_ID, migrate, schemaVersion } from './schema.ts';
import { truncateLog } from './write-ahead-log.ts';

/** The file is copied for the sake of its free pages if they are so many, 64 KiB, and a fifth of it. */
const FREE_PAGES_LEAST = 16;
const USED_TO_FREE = 4;
/** Pages in use up to which that is done: 256 MiB, a second or two. */
const USED_PAGES_MOST = 65_536;

/** The schema's version since which nothing deleted is left in a file. */
const ERASABLE_SINCE = 3;

export interface OpenDatabase {
  driver: Driver;
  /** Closes the database and lets go of the folder. */
  close(): void;
}

/**
 * Takes the data folder for this process and opens its database, making either if it is missing. Throws
 * `DataFolderError` when that cannot be, and then has changed nothing of a database that was there.
 */
export function openDatabase(folder: string, busyTimeoutMs: number): OpenDatabase {
  prepareFolder(folder);
  const unlock = lockFolder(folder);
  const file = join(folder, 'tandem.db');
  try {
    if (inspectFile(file) === 'missing') createFile(folder, file);
    const driver = openReady(file, busyTimeoutMs);
    return {
      driver,
      close: () => {
        // So that the file alone is a whole backup.
        truncateLog(driver);
        driver.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error instanceof DataFolderError ? error : cannotOpen(file, error);
  }
}

function openReady(file: string, busyTimeoutMs: number): Driver {
  const driver = openDriver(file, busyTimeoutMs);
  try {
    // The header may be older than the write-ahead log, so the version is looked at again.
    refuseNewer(file, schemaVersion(driver));
    makeDurable(driver, file);
    makeErasable(driver);
    migrate(driver);
    shrink(driver);
    truncateLog(driver);
    return driver;
  } catch (error) {
    driver.close();
    throw error;
  }
}

function cannotOpen(file: string, error: unknown): DataFolderError {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof SqliteFailure && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code)) {
    return new DataFolderError(
      'torn',
      `${file} is damaged (${reason}). Restore it from a backup, or move it away to begin anew.`,
    );
  }
  return new DataFolderError(
    'not-writable',
    `${file} cannot be opened for writing (${reason}). Check the disk and whose file it is, or set DATA_DIR to another folder.`,
  );
}

/** Makes the data folder, if it is missing, and sees whether it can be written. */
export function prepareFolder(folder: string): void {
  try {
    // What people write is nobody else's on this machine.
    const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (made) syncUpTo(dirname(resolve(made)), resolve(folder));
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    if (statSync(folder).isDirectory()) return;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataFolderError(
      'not-writable',
      `Documents cannot be kept in ${folder} (${reason}). Set DATA_DIR to a folder that this user may write to.`,
    );
  }
  throw new DataFolderError('not-writable', `${folder} is not a folder. Set DATA_DIR to one.`);
}

/** Under another name first: a file that is called tandem.db is ours and whole, whenever the power goes. */
function createFile(folder: string, file: string): void {
  const fresh = `${file}.new`;
  for (const leftover of [fresh, `${fresh}-journal`]) rmSync(leftover, { force: true });
  const driver = openDriver(fresh, 0);
  driver.exec(`pragma application_id = ${APPLICATION_ID}`);
  driver.close();
  syncFile(fresh);
  renameSync(fresh, file);
  syncFolder(folder);
}

/** P2: a commit returns only when the disk has it. */
function makeDurable(driver: Driver, file: string): void {
  const mode = driver.first<{ journal_mode: string }>('pragma journal_mode = wal')?.journal_mode;
  if (mode !== 'wal') {
    throw new DataFolderError(
      'not-writable',
      `${file} is on a file system without shared memory (a network drive, perhaps). Set DATA_DIR to a folder on a local disk.`,
    );
  }
  driver.exec('pragma synchronous = full');
  // macOS alone: its fsync leaves the data in the drive's cache.
  driver.exec('pragma fullfsync = on');
  driver.exec('pragma foreign_keys = off');
  // After one huge write the log file shrinks again.
  driver.exec(`pragma journal_size_limit = ${64 * 1024 * 1024}`);
}

/**
 * What is deleted or overwritten becomes zeros at once; without this, free pages would keep it. Files of versions that
 * did not do so (schema 1 and 2) are copied once, without what they left behind.
 */
function makeErasable(driver: Driver): void {
  driver.exec('pragma secure_delete = on');
  const version = schemaVersion(driver);
  if (version === 0 || version >= ERASABLE_SINCE) return;
  // The copy is as large as the database, which may be more than the memory.
  driver.exec('pragma temp_store = file');
  driver.exec('vacuum');
  driver.exec('pragma temp_store = default');
}

/**
 * Gives back to the disk what is free in the file, if that is much of it, and the rest is soon copied: rows that became packs leave
 * some fiftieth of what they took. Without room for the copy everything stays as it is.
 */
function shrink(driver: Driver): void {
  const free = driver.first<{ freelist_count: number }>('pragma freelist_count')?.freelist_count ?? 0;
  const used = pageCount(driver) - free;
  if (free < FREE_PAGES_LEAST || free * USED_TO_FREE < used || used > USED_PAGES_MOST) return;
  try {
    driver.exec('vacuum');
  } catch (error) {
    if (!(error instanceof SqliteFailure)) throw error;
  }
}

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DataFolderError } from './data-folder-error.ts';
import { openDriver, SqliteFailure, type Driver } from './driver.ts';

/**
 * Makes this process the only one on a data folder. Returns how to let go. Throws `DataFolderError` ('in-use') that
 * names the holder, or 'not-writable' if the file system knows no locks.
 *
 * The lock is an exclusive transaction, held open for good, on an empty database beside the real one: SQLite's lock
 * is the kernel's, so it ends with the process however that ends, and nothing stale can remain. The real database
 * stays free for other programs to read and back up. Who holds the lock stands in a file of its own, which is only
 * read when the lock is refused.
 */
export function lockFolder(folder: string): () => void {
  const holderFile = join(folder, 'tandem.lock.json');
  const driver = openLock(folder);
  try {
    // No journal beside the lock, which holds no data that could need one.
    driver.all('pragma journal_mode = memory');
    driver.exec('begin exclusive');
    writeFileSync(holderFile, JSON.stringify({ pid: process.pid, host: hostname(), since: new Date().toISOString() }));
  } catch (error) {
    driver.close();
    if (error instanceof SqliteFailure && error.code.startsWith('SQLITE_BUSY')) {
      throw new DataFolderError(
        'in-use',
        `Another Tandem server (${describeHolder(holderFile)}) is using the folder ${folder}. ` +
          'Stop it first, or set DATA_DIR to another folder.',
      );
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataFolderError(
      'not-writable',
      `The folder ${folder} cannot be locked (${reason}). Check the disk, or set DATA_DIR to a folder on a local one.`,
    );
  }
  return () => {
    rmSync(holderFile, { force: true });
    // Closing alone would keep the lock for as long as the library keeps a compiled statement.
    driver.exec('rollback');
    driver.close();
  };
}

function openLock(folder: string): Driver {
  try {
    // Zero: a second server is told at once.
    return openDriver(join(folder, 'tandem.lock'), 0);
  } catch (error) {
    throw cannotLock(folder, error);
  }
}

function cannotLock(folder: string, error: unknown): unknown {
  if (!(error instanceof SqliteFailure)) return error;
  return new DataFolderError(
    'not-writable',
    `Documents cannot be kept in ${folder} (${error.message}). Set DATA_DIR to a folder that this user may write to.`,
  );
}

function describeHolder(file: string): string {
  try {
    const holder: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof holder === 'object' && holder && 'pid' in holder && 'host' in holder && 'since' in holder) {
      return `process ${String(holder.pid)} on ${String(holder.host)}, since ${String(holder.since)}`;
    }
  } catch {
    // Between taking the lock and writing its name, or on a full disk, there is no name. The lock is what counts.
  }
  return 'its process is not known';
}

import { SqliteFailure, type Driver } from './driver.ts';

/**
 * Moves what the write-ahead log has into the database file and empties the log, if nobody else reads from it at this
 * moment; it does not wait. False if it could not: nothing is lost then, and the log goes on.
 */
export function truncateLog(driver: Driver): boolean {
  return withoutWaiting(driver, () => {
    try {
      return driver.all<{ busy: number }>('pragma wal_checkpoint(truncate)')[0]?.busy === 0;
    } catch (error) {
      if (error instanceof SqliteFailure) return false;
      throw error;
    }
  });
}

/** Runs statements that fail at once, where others would wait, if another program has locked the file. */
export function withoutWaiting<T>(driver: Driver, run: () => T): T {
  const timeout = driver.first<{ timeout: number }>('pragma busy_timeout')?.timeout ?? 0;
  driver.all('pragma busy_timeout = 0');
  try {
    return run();
  } finally {
    driver.all(`pragma busy_timeout = ${timeout}`);
  }
}

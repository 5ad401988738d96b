import type { Driver } from './driver.ts';

/** Runs `run` in a transaction that writes, whole or not at all. What it throws, or the disk, is thrown, and nothing is written then. */
export function inTransaction(driver: Driver, run: () => void): void {
  driver.exec('begin immediate');
  try {
    run();
    driver.exec('commit');
  } finally {
    if (driver.inTransaction) driver.exec('rollback');
  }
}

import { SqliteFailure, type Driver } from './driver.ts';

/** A driver for tests whose disk fails once at each statement of `broken()`, which is taken out of it. */
export function breakableDriver(driver: Driver, broken: () => string[]): Driver {
  return {
    ...driver,
    get inTransaction() {
      return driver.inTransaction;
    },
    exec: (sql) => {
      const at = broken().indexOf(sql);
      if (at >= 0) {
        broken().splice(at, 1);
        throw new SqliteFailure('SQLITE_IOERR', 'disk I/O error');
      }
      driver.exec(sql);
    },
  };
}

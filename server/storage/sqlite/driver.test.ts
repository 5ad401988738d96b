import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDriver, SqliteFailure, type Driver } from './driver.ts';

/** What the rest takes for granted of the library below. A new version of it has to pass this first. */
describe('the SQLite driver', () => {
  let folder: string;
  let driver: Driver;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-driver-'));
    driver = openDriver(join(folder, 'x.db'), 0);
    driver.exec('create table t (id integer primary key, a text, b blob, n integer) strict');
  });

  afterEach(() => {
    driver.close();
    rmSync(folder, { recursive: true });
  });

  it('gives rows as plain objects with nothing added', () => {
    driver.run('insert into t values (?, ?, ?, ?)', 1, 'é😀', null, 1_795_406_569_715);
    const row = { id: 1, a: 'é😀', b: null, n: 1_795_406_569_715 };
    expect(driver.all('select * from t')).toEqual([row]);
    expect(driver.first('select * from t')).toEqual(row);
    expect(driver.first('select * from t where id = 2')).toBeUndefined();
  });

  it('gives bytes back, U+0000 included', () => {
    driver.run('insert into t (id, b) values (?, ?)', 1, Buffer.from('a\0b'));
    const row = driver.first<{ b: ArrayBuffer }>('select b from t');
    expect(row && Buffer.from(row.b).toString()).toBe('a\0b');
  });

  it('gives all rows, also when the library’s own pages of a hundred come out even', () => {
    for (const count of [0, 1, 99, 100, 101, 200, 300]) {
      driver.exec('begin');
      for (let id = 0; id < count; id += 1) driver.run('insert into t (id) values (?)', id);
      expect(driver.all('select id from t')).toHaveLength(count);
      driver.exec('rollback');
    }
  });

  it('counts changed rows, and uses a statement again after it failed', () => {
    const insert = 'insert into t (id) values (?)';
    expect(driver.run(insert, 1)).toBe(1);
    expect(() => driver.run(insert, 1)).toThrow(SqliteFailure);
    expect(driver.run(insert, 2)).toBe(1);
    expect(driver.run('update t set n = 1')).toBe(2);
    expect(driver.run('update t set n = 1 where id = 9')).toBe(0);
  });

  it('names the fault', () => {
    expect(() => driver.exec('nonsense')).toThrow(expect.objectContaining({ code: 'SQLITE_ERROR' }));
    driver.run('insert into t (id) values (1)');
    const again = (): unknown => driver.run('insert into t (id) values (1)');
    expect(again).toThrow(expect.objectContaining({ code: 'SQLITE_CONSTRAINT_PRIMARYKEY' }));
    const elsewhere = (): unknown => openDriver(join(folder, 'none', 'x.db'), 0);
    expect(elsewhere).toThrow(expect.objectContaining({ code: 'SQLITE_CANTOPEN' }));
  });

  it('knows whether a transaction is open', () => {
    expect(driver.inTransaction).toBe(false);
    driver.exec('begin');
    expect(driver.inTransaction).toBe(true);
    driver.exec('rollback');
    expect(driver.inTransaction).toBe(false);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { someEntries, someRoom } from '../contract/samples.ts';
import { openDriver, type Driver } from '../sqlite/driver.ts';
import { insertEntries } from '../sqlite/log-rows.ts';
import { createMethods } from '../sqlite/methods.ts';
import { openDatabase } from '../sqlite/open-database.ts';
import { STEPS } from '../sqlite/schema.ts';
import { settleTail } from '../sqlite/tail.ts';
import { checkFile, headsIn } from './check-file.ts';

/** How many steps the schema had before there were packs. */
const WITHOUT_PACKS = 6;

describe('looking through a database file', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-check-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function withRoom(check: (driver: Driver) => void): void {
    const { driver, close } = openDatabase(folder, 0);
    const methods = createMethods(driver);
    methods.createRoom(someRoom('r'));
    methods.append('r', { entries: someEntries(1, 600), settled: [] });
    methods.append('r', { entries: someEntries(601, 610), settled: [] });
    check(driver);
    close();
  }

  it('counts entries in packs and in rows', () => {
    withRoom((driver) => {
      expect(checkFile(driver, 'it')).toEqual({ rooms: 1, entries: 610 });
      expect(headsIn(driver)).toEqual(new Map([['r', 610]]));
    });
  });

  it('finds packs that are damaged, that do not follow each other, and rows that do not follow them', () => {
    withRoom((driver) => {
      driver.run('update packs set data = ? where room = ?', new Uint8Array(9), 'r');
      expect(() => checkFile(driver, 'it')).toThrow('it has a damaged pack of entries: room r, revisions 1 to 600.');
      driver.run('update packs set from_rev = 2');
      expect(() => checkFile(driver, 'it')).toThrow('packs of entries that do not follow each other');
      driver.run('delete from packs');
      expect(() => checkFile(driver, 'it')).toThrow('it has a log with holes: room r.');
    });
  });

  it('takes a file of before there were packs, also one with a long tail, and changes nothing of it', () => {
    const file = join(folder, 'old.db');
    const driver = openDriver(file, 0);
    for (const step of STEPS.slice(0, WITHOUT_PACKS)) driver.exec(step);
    driver.run("insert into rooms (id, epoch, title, language, created_at) values ('r', 'e', '', '', 1)");
    insertEntries(driver, 'r', someEntries(1, 600));
    const tail = someEntries(601, 1_300).map(({ rev, author, seq, at, op }) => [rev, author, seq, at, op]);
    driver.run('insert into tail (n, data) values (?, ?)', 1, Buffer.from(JSON.stringify([['r', tail, []]])));
    expect(headsIn(driver)).toEqual(new Map([['r', 600]]));
    settleTail(driver);
    expect(checkFile(driver, 'it')).toEqual({ rooms: 1, entries: 1_300 });
    expect(headsIn(driver)).toEqual(new Map([['r', 1_300]]));
    expect(driver.all("select name from sqlite_schema where name = 'packs'")).toEqual([]);
    driver.close();
  });
});

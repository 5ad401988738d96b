import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { someAuthor, someLink, someRoom, newLink } from '../contract/samples.ts';
import { shardOf } from '../shard.ts';
import { openDriver } from './driver.ts';
import { createMethods } from './methods.ts';
import { openDatabase } from './open-database.ts';
import { APPLICATION_ID, SCHEMA_VERSION, STEPS } from './schema.ts';
import { createSqliteStorage } from './sqlite.ts';

/** Real threads and a real disk, which other tests keep busy at the same time; the default allows 5 s. */
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

describe('opening a data folder', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-folder-'));
    file = join(folder, 'tandem.db');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Expects a refusal, and not one byte of the database changed, nor the folder locked. */
  function expectRefusal(code: string, words: string): void {
    const before = readFileSync(file);
    const names = readdirSync(folder);
    expect(() => openDatabase(folder, 0)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(words) as unknown }),
    );
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual([...new Set([...names, 'tandem.lock'])].toSorted());
  }

  it('makes the folder, its parents and the database', () => {
    const deep = join(folder, 'a', 'b');
    openDatabase(deep, 0).close();
    expect(readdirSync(deep)).toContain('tandem.db');
    openDatabase(deep, 0).close();
  });

  it('[P2] makes every commit durable', () => {
    const { driver, close } = openDatabase(folder, 0);
    expect(driver.all('pragma journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    // 2 is FULL: https://www.sqlite.org/pragma.html#pragma_synchronous
    expect(driver.all('pragma synchronous')).toEqual([{ synchronous: 2 }]);
    close();
  });

  it('makes zeros of what is deleted', () => {
    const { driver, close } = openDatabase(folder, 0);
    // 2 would be `fast`, which leaves free pages as they are.
    expect(driver.all('pragma secure_delete')).toEqual([{ secure_delete: 1 }]);
    close();
  });

  it('gives free pages back to the disk if they are many, and leaves everything else as it was', () => {
    const first = openDatabase(folder, 0);
    const empty = statSync(file).size;
    createMethods(first.driver).createRoom(someRoom('r', { title: 'kept' }));
    first.driver.exec('create table filler (data blob)');
    first.driver.run('insert into filler (data) values (zeroblob(?))', 1_000_000);
    first.driver.exec('drop table filler');
    first.close();
    expect(statSync(file).size).toBeGreaterThan(1_000_000);
    const second = openDatabase(folder, 0);
    expect(createMethods(second.driver).loadRoom('r')?.title).toBe('kept');
    expect(second.driver.all('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    second.close();
    expect(statSync(file).size).toBeLessThan(empty + 200_000);
  });

  it('refuses a file that is no database', () => {
    writeFileSync(file, 'my shopping list\n'.repeat(100));
    expectRefusal('foreign', 'is not a SQLite database');
  });

  it('refuses another program’s database', () => {
    const driver = openDriver(file, 0);
    driver.exec('create table songs (name text)');
    driver.close();
    expectRefusal('foreign', 'another program');
  });

  it('refuses an empty file', () => {
    writeFileSync(file, '');
    expectRefusal('torn', 'has only 0 bytes');
  });

  it('refuses a database that was cut short', () => {
    openDatabase(folder, 0).close();
    truncateSync(file, 8192);
    expectRefusal('torn', 'was cut short: it has 8192 of');
  });

  it('says that the database is damaged, in words', () => {
    openDatabase(folder, 0).close();
    const bytes = readFileSync(file);
    // The first page holds the list of tables, after the header.
    writeFileSync(file, bytes.fill(0xff, 100, 4096));
    expect(() => openDatabase(folder, 0)).toThrow(
      expect.objectContaining({ code: 'torn', message: expect.stringContaining('is damaged') as unknown }),
    );
    // The folder is free again.
    rmSync(file);
    openDatabase(folder, 0).close();
  });

  it('says that the folder cannot be locked', () => {
    writeFileSync(join(folder, 'tandem.lock'), 'not a lock of ours'.repeat(100));
    expect(() => openDatabase(folder, 0)).toThrow(
      expect.objectContaining({
        code: 'not-writable',
        message: expect.stringContaining('cannot be locked') as unknown,
      }),
    );
  });

  it('keeps what people write from other users of the machine', () => {
    const made = join(folder, 'new');
    openDatabase(made, 0).close();
    expect(statSync(made).mode & 0o077).toBe(0);
  });

  it('refuses newest changes without their database', () => {
    writeFileSync(`${file}-wal`, 'x');
    expect(() => openDatabase(folder, 0)).toThrow(expect.objectContaining({ code: 'torn' }));
    expect(readdirSync(folder)).not.toContain('tandem.db');
  });

  it('refuses a newer schema, also when only the write-ahead log tells', () => {
    openDatabase(folder, 0).close();
    const newer = openDriver(file, 0);
    newer.exec(`pragma user_version = ${SCHEMA_VERSION + 1}`);
    expect(() => openDatabase(folder, 0)).toThrow(expect.objectContaining({ code: 'newer' }));
    newer.close();
    expectRefusal('newer', `schema ${SCHEMA_VERSION + 1}`);
  });

  /** A file as the release left it whose schema had this many steps. */
  function makeOlder(steps: number, rows = ''): void {
    const older = openDriver(file, 0);
    older.exec(`pragma application_id = ${APPLICATION_ID}`);
    for (const step of STEPS.slice(0, steps)) older.exec(step);
    older.exec(`pragma user_version = ${steps}`);
    older.exec(rows);
    older.close();
  }

  it('brings an older schema forward', () => {
    for (let steps = 0; steps < SCHEMA_VERSION; steps += 1) {
      rmSync(file, { force: true });
      makeOlder(steps);
      const { driver, close } = openDatabase(folder, 0);
      expect(driver.all('pragma user_version')).toEqual([{ user_version: SCHEMA_VERSION }]);
      expect(driver.all('select * from entries')).toEqual([]);
      expect(driver.all('select * from entries_yjs')).toEqual([]);
      expect(driver.all('select number, name, revoked_at from links')).toEqual([]);
      close();
    }
  });

  it('[P2] [P12] keeps the rooms of a file from before there was Yjs, and lets them have a lineage', async () => {
    makeOlder(
      1,
      `insert into rooms values ('r', 'epoch-r', 'Kept', 'markdown', 1, null, null);
       insert into links values ('token', 'r', 1, 'edit');
       insert into authors values ('r', 1, 'c', 'p', 'Ada', 3, 'ot', 2, 2);
       insert into entries values ('r', 1, 1, 1, 5, '["a"]'), ('r', 2, 1, 2, 6, '[1,"b"]');
       insert into snapshots values ('r', 1, x'61');`,
    );
    const storage = await createSqliteStorage(folder);
    const author = { author: 1, client: 'c', person: 'p', name: 'Ada', color: 3, kind: 'ot', link: 0 };
    expect(await storage.findLink('token')).toEqual(someLink('token', 'r', 1, { createdAt: 1 }));
    expect(await storage.authors('r')).toEqual([{ ...author, last: { seq: 2, rev: 2 } }]);
    const second = { rev: 2, author: 1, seq: 2, at: 6, op: [1, 'b'] };
    expect(await storage.loadRoom('r')).toStrictEqual({
      id: 'r',
      epoch: 'epoch-r',
      shard: shardOf('r'),
      title: 'Kept',
      language: 'markdown',
      createdAt: 1,
      file: null,
      locked: false,
      redactions: 0,
      notes: { chat: 0, threads: 0 },
      snapshot: { rev: 1, text: 'a' },
      entries: [second],
    });
    expect(await storage.loadLineage('r')).toBeNull();
    const third = { rev: 3, author: 1, seq: 3, at: 7, op: [], yjs: Uint8Array.of(0, 255) };
    const recorded = await storage.append('r', { entries: [third], settled: [], lineage: { root: 'text' } });
    expect(recorded).toEqual({ ok: true });
    expect(await storage.entries('r', 2, 3, 9)).toStrictEqual([second, third]);
    await storage.close();
  });

  it('[P2] [P10] keeps the links of a file from before they had names, and lets them have more', async () => {
    makeOlder(
      2,
      `insert into rooms values ('r', 'epoch-r', 'Kept', 'markdown', 11, 1, char(10)), ('s', 'e', '', '', 22, null, null);
       insert into links values ('r-edit', 'r', 1, 'edit'), ('r-view', 'r', 2, 'view'), ('s-edit', 's', 1, 'edit');
       insert into authors values ('r', 1, 'c', 'p', 'Ada', 3, 'ot', 0, 0);`,
    );
    const storage = await createSqliteStorage(folder);
    expect(await storage.links('r')).toEqual([
      { ...someLink('r-edit', 'r', 1, { createdAt: 11 }), uses: 0 },
      { ...someLink('r-view', 'r', 2, { role: 'view', createdAt: 11 }), uses: 0 },
    ]);
    expect((await storage.findLink('s-edit'))?.createdAt).toBe(22);
    expect(await storage.loadRoom('r')).toMatchObject({ locked: false, file: { bom: true, lineEnd: '\n' } });
    expect((await storage.authors('r'))[0]?.link).toBe(0);
    expect(await storage.makeLink('r', newLink('r-3'))).toEqual({ number: 3 });
    expect(await storage.rotateLink('r', 1, 'r-newer', 1)).toBe('rotated');
    await storage.changeLink('r', 2, { revokedAt: 2 });
    await storage.setRoom('r', { locked: true });
    expect(await storage.openAuthor('r', someAuthor('d', { link: 3 }))).toMatchObject({ author: 2, link: 3 });
    expect((await storage.links('r')).map(({ uses }) => uses)).toEqual([0, 0, 1]);
    await storage.close();
  });

  it('[P10] cleans a file of a version that only forgot what it deleted', () => {
    makeOlder(
      2,
      `insert into snapshots select 'r', value, cast(replace(hex(zeroblob(9000)), '00', 'forgotten') as blob)
         from json_each('[1, 2, 3, 4, 5, 6, 7, 8]');
       insert into authors values ('r', 1, 'c', 'forgotten', 'forgotten', 3, 'ot', 0, 0), ('s', 1, 'c', 'p', 'n', 3, 'ot', 0, 0);
       delete from snapshots where rev > 1;
       delete from authors where room = 'r';
       update snapshots set text = x'61';`,
    );
    expect(readFileSync(file).toString('latin1')).toContain('forgotten');
    const { driver, close } = openDatabase(folder, 0);
    const bytes = readFileSync(file).toString('latin1') + readFileSync(`${file}-wal`).toString('latin1');
    expect(bytes).not.toContain('forgotten');
    expect(driver.all('select client from authors')).toEqual([{ client: 'c' }]);
    expect(driver.all('pragma application_id')).toEqual([{ application_id: APPLICATION_ID }]);
    close();
  });

  it('[P12] tells a version that knows no Yjs to keep away, by the version in the header', () => {
    makeOlder(1);
    openDatabase(folder, 0).close();
    // Where every version looks before it touches anything, and refuses what is beyond its own: `refuses a newer schema`.
    expect(readFileSync(file).readUInt32BE(60)).toBe(SCHEMA_VERSION);
  });

  it('goes on after a start that was cut off while it made the database', () => {
    writeFileSync(`${file}.new`, 'half');
    openDatabase(folder, 0).close();
    expect(readdirSync(folder)).not.toContain('tandem.db.new');
  });

  it('says that the folder is a file', () => {
    writeFileSync(file, '');
    const words = expect.stringContaining('Set DATA_DIR to a folder') as unknown;
    expect(() => openDatabase(file, 0)).toThrow(expect.objectContaining({ code: 'not-writable', message: words }));
    expect(() => openDatabase(join(file, 'below'), 0)).toThrow(expect.objectContaining({ code: 'not-writable' }));
  });

  it('says that the folder cannot be written', () => {
    chmodSync(folder, 0o500);
    const { seteuid } = process;
    // Root may write anywhere, so the test goes on as somebody else for a moment.
    const nobody = process.geteuid?.() === 0 && seteuid ? 65_534 : null;
    if (nobody !== null) seteuid?.(nobody);
    try {
      expect(() => openDatabase(folder, 0)).toThrow(expect.objectContaining({ code: 'not-writable' }));
    } finally {
      if (nobody !== null) seteuid?.(0);
      chmodSync(folder, 0o700);
    }
  });

  it('names the holder to a second server, and takes over when it is gone', () => {
    const first = openDatabase(folder, 0);
    const words = new RegExp(`process ${process.pid} on .+, since 20.+ is using the folder .+ DATA_DIR`);
    expect(() => openDatabase(folder, 0)).toThrow(
      expect.objectContaining({ code: 'in-use', message: expect.stringMatching(words) as unknown }),
    );
    expect(first.driver.all('select * from rooms')).toEqual([]);
    first.close();
    openDatabase(folder, 0).close();
  });

  it('brings a refusal out of the thread as it is', async () => {
    writeFileSync(file, 'my shopping list\n'.repeat(100));
    await expect(createSqliteStorage(folder)).rejects.toMatchObject({ name: 'DataFolderError', code: 'foreign' });
    rmSync(file);
    const first = await createSqliteStorage(folder);
    await expect(createSqliteStorage(folder)).rejects.toMatchObject({ name: 'DataFolderError', code: 'in-use' });
    await first.close();
    await (await createSqliteStorage(folder)).close();
  });
});

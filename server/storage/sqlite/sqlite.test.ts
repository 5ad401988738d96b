import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newLink, someAuthor, someEntries, someRoom, someYjsEntries } from '../contract/samples.ts';
import { describeStorage } from '../storage-contract.ts';
import type { Storage } from '../storage.ts';
import { openDriver } from './driver.ts';
import { createSqliteStorage, type SqliteStorage } from './sqlite.ts';

/** Real threads and a real disk, which other tests keep busy at the same time; the default allows 5 s. */
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

/** One engine for the contract's tests, emptied between them, because starting a thread takes longer than most tests. */
let contract: { folder: string; storage: Storage } | null = null;

describeStorage('sqlite', async () => {
  const engine = (contract ??= await newEngine());
  const { folder } = engine;
  return {
    storage: engine.storage,
    reopen: async () => {
      await engine.storage.close();
      engine.storage = await createSqliteStorage(folder);
      return engine.storage;
    },
    done: async (last) => {
      const closed = await last.probe().then(
        () => false,
        () => true,
      );
      if (closed) return endContract();
      // So that nothing is left in the engine's memory.
      await last.heads([]);
      empty(folder);
    },
  };
});

afterAll(endContract);

async function newEngine(): Promise<{ folder: string; storage: Storage }> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-contract-'));
  return { folder, storage: await createSqliteStorage(folder) };
}

async function endContract(): Promise<void> {
  if (!contract) return;
  await contract.storage.close();
  rmSync(contract.folder, { recursive: true });
  contract = null;
}

function empty(folder: string): void {
  const driver = openDriver(join(folder, 'tandem.db'), 1_000);
  const tables = driver.all<{ name: string }>(`select name from sqlite_schema where type = 'table'`);
  for (const { name } of tables) driver.exec(`delete from ${name}`);
  driver.close();
}

describe('the SQLite engine', () => {
  let folder: string;
  let storage: SqliteStorage;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-sqlite-'));
    storage = await createSqliteStorage(folder, { busyTimeoutMs: 20, waiting: 300 });
    await storage.createRoom(someRoom('r'));
  });

  afterEach(async () => {
    await storage.close();
    rmSync(folder, { recursive: true });
  });

  const append = (room: string, rev: number): Promise<unknown> =>
    storage.append(room, { entries: someEntries(rev, rev), settled: [] });

  it('[P2] commits what waited during the last commit as one group', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `room-${index}`);
    await Promise.all(ids.map((id) => storage.createRoom(someRoom(id))));
    const before = storage.stats();
    const rounds = 20;
    await Promise.all(
      ids.map(async (id) => {
        for (let rev = 1; rev <= rounds; rev += 1) await append(id, rev);
      }),
    );
    const { commits, writes } = storage.stats();
    expect(writes - before.writes).toBe(ids.length * rounds);
    // All of a round arrive together or nearly so; a commit for each would be 2,000.
    expect(commits - before.commits).toBeLessThan((ids.length * rounds) / 4);
  });

  it('[P2] makes one commit for one lonely append, and none for an answer that changed nothing', async () => {
    const before = storage.stats().commits;
    await append('r', 1);
    expect(storage.stats().commits).toBe(before + 1);
    await storage.entries('r', 1, 1, 1);
    await storage.loadRoom('r');
    expect(storage.stats().commits).toBe(before + 1);
  });

  it('[P1] leaves the neighbours of a conflict and of a refusal alone', async () => {
    await storage.createRoom(someRoom('s'));
    await append('r', 1);
    const [conflict, refused, good, other] = await Promise.allSettled([
      append('r', 1),
      append('r', 9),
      append('r', 2),
      append('s', 1),
    ]);
    expect(conflict).toEqual({ status: 'fulfilled', value: { ok: false, rev: 1 } });
    expect(refused).toMatchObject({ status: 'rejected', reason: { name: 'StorageRefused' } });
    expect([good, other]).toEqual(Array(2).fill({ status: 'fulfilled', value: { ok: true } }));
    expect(await storage.entries('r', 1, 9, 9)).toEqual(someEntries(1, 2));
  });

  it('[P2] rejects while another program holds the file, and recovers by itself', async () => {
    const other = openDriver(join(folder, 'tandem.db'), 0);
    other.exec('begin immediate');
    await expect(append('r', 1)).rejects.toMatchObject({ name: 'StorageUnavailable' });
    await expect(storage.probe()).rejects.toMatchObject({ name: 'StorageUnavailable' });
    expect(await storage.entries('r', 1, 9, 9)).toEqual([]);
    other.exec('rollback');
    other.close();
    expect(await append('r', 1)).toEqual({ ok: true });
    await storage.probe();
    expect(await storage.entries('r', 1, 9, 9)).toEqual(someEntries(1, 1));
  });

  it('lets another program read and copy the database while it runs', async () => {
    await append('r', 1);
    // Who reads the log has it moved to its table.
    await storage.heads(['r']);
    const other = openDriver(join(folder, 'tandem.db'), 0);
    expect(other.all('select rev from entries')).toEqual([{ rev: 1 }]);
    other.exec(`vacuum into '${join(folder, 'copy.db')}'`);
    other.close();
    expect(await append('r', 2)).toEqual({ ok: true });
    const copy = openDriver(join(folder, 'copy.db'), 0);
    expect(copy.all('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    copy.close();
  });

  it('[P9] says no when too many requests wait, and goes on afterwards', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 400 }, () => storage.findLink('r-edit')));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(300);
    expect(asked.at(-1)).toMatchObject({ status: 'rejected', reason: { name: 'StorageUnavailable' } });
    expect(await storage.findLink('r-edit')).not.toBeNull();
  });

  it('[P9] thins out snapshots that lie close together, and keeps old revisions within reach', async () => {
    await storage.append('r', { entries: someEntries(1, 3_000), settled: [] });
    for (let rev = 40; rev <= 3_000; rev += 40) await storage.saveSnapshot('r', { rev, text: `at ${rev}` });
    const database = openDriver(join(folder, 'tandem.db'), 0);
    const revs = database.all<{ rev: number }>('select rev from snapshots order by rev').map(({ rev }) => rev);
    database.close();
    expect(revs.length).toBeLessThan(10);
    expect(revs.at(-1)).toBe(3_000);
    for (const [index, rev] of revs.entries()) expect(rev - (revs[index - 1] ?? 0)).toBeLessThanOrEqual(500);
  });

  it('keeps the log of a room without Yjs as it was before there was Yjs', async () => {
    await storage.createRoom(someRoom('s'));
    await storage.append('r', { entries: someEntries(1, 100), settled: [] });
    await storage.append('s', { entries: someYjsEntries(1, 1), settled: [], lineage: { root: 'text' } });
    await storage.append('s', { entries: someEntries(2, 100), settled: [] });
    const database = openDriver(join(folder, 'tandem.db'), 0);
    const columns = database.all<{ name: string }>(`select name from pragma_table_info('entries')`);
    const bytes = database.all('select room, rev from entries_yjs');
    const lineages = database.all('select room from lineages');
    const [first] = database.all(`select * from entries where room = 'r' limit 1`);
    database.close();
    expect(columns.map(({ name }) => name)).toEqual(['room', 'rev', 'author', 'seq', 'at', 'op']);
    expect(first).toEqual({ room: 'r', rev: 1, author: 1, seq: 1, at: 1_700_000_000_001, op: '["a"]' });
    expect(bytes).toEqual([{ room: 's', rev: 1 }]);
    expect(lineages).toEqual([{ room: 's' }]);
  });

  it('answers with refused, not unavailable, for what no table can hold', async () => {
    const half = { rev: 1, author: 1, seq: 1, at: 1.5, op: ['x'] };
    await expect(storage.append('r', { entries: [half], settled: [] })).rejects.toMatchObject({
      name: 'StorageRefused',
    });
    const twins = [1, 1].map((author) => ({ ...someAuthor('twin'), author }));
    await expect(storage.createRoom(someRoom('t', { authors: twins }))).rejects.toMatchObject({
      name: 'StorageRefused',
    });
    expect(await storage.loadRoom('t')).toBeNull();
    expect(await append('r', 1)).toEqual({ ok: true });
  });

  /** A room whose every text has `mark` in it. */
  async function fill(room: string, mark: string): Promise<void> {
    const text = mark.repeat(300);
    const yjs = Buffer.from(`yjs ${text}`);
    const links = [{ token: `owner-${mark}`, role: 'owner' as const }];
    await storage.createRoom(someRoom(room, { title: mark, epoch: mark, links }));
    const entry = { rev: 1, author: 1, seq: 1, at: 1, op: [text], yjs };
    await storage.append(room, { entries: [entry], settled: [], lineage: { root: mark } });
    await storage.saveSnapshot(room, { rev: 1, text: `older ${text}` });
    await storage.append(room, { entries: someEntries(2, 3), settled: [] });
    await storage.saveSnapshot(room, { rev: 2, text });
    await storage.saveSnapshot(room, { rev: 3, text: `newest ${text}` });
    for (const rev of [1, 2]) await storage.saveLineage(room, { rev, state: yjs });
    await storage.openAuthor(room, someAuthor(mark, { name: mark, person: mark }));
    await storage.makeLink(room, newLink(`guest-${mark}`, { name: mark, passwordHash: mark }));
    await storage.rotateLink(room, 2, `newer-${mark}`, 1);
    await storage.bar(room, mark, 1);
  }

  const bytesOnDisk = (): string =>
    ['tandem.db', 'tandem.db-wal'].map((name) => readFileSync(join(folder, name)).toString('latin1')).join('');

  it('[P10] leaves no byte of a deleted room on the disk, and every one of the others', async () => {
    await fill('doomed', 'recognisable');
    await fill('kept', 'unforgettable');
    const kept = await storage.loadRoom('kept');
    expect(bytesOnDisk()).toContain('recognisable');
    await storage.deleteRoom('doomed');
    expect(bytesOnDisk()).not.toContain('recognisable');
    expect(bytesOnDisk()).not.toContain('doomed');
    expect(bytesOnDisk()).toContain('unforgettable');
    expect(await storage.loadRoom('kept')).toEqual(kept);
    expect(await storage.findLink('newer-unforgettable')).toMatchObject({ room: 'kept', number: 2 });
  });

  it('[P10] deletes while another program reads, goes on with its work, and erases when that has ended', async () => {
    await fill('doomed', 'recognisable');
    const reader = openDriver(join(folder, 'tandem.db'), 0);
    reader.exec('begin');
    expect(reader.all('select id from rooms')).toHaveLength(2);
    let deleted = false;
    const deleting = storage.deleteRoom('doomed').then(() => (deleted = true));
    for (let rev = 1; rev <= 20; rev += 1) await append('r', rev);
    expect(await storage.loadRoom('doomed')).toBeNull();
    expect(deleted).toBe(false);
    reader.exec('rollback');
    reader.close();
    await deleting;
    expect(bytesOnDisk()).not.toContain('recognisable');
    expect(await storage.entries('r', 1, 99, 99)).toEqual(someEntries(1, 20));
  });

  it('answers a deletion that waits when it is closed, and erases after the next start', async () => {
    await fill('doomed', 'recognisable');
    const reader = openDriver(join(folder, 'tandem.db'), 0);
    reader.exec('begin');
    reader.all('select id from rooms');
    const deleting = storage.deleteRoom('doomed');
    await append('r', 1);
    await storage.close();
    await deleting;
    reader.exec('rollback');
    reader.close();
    storage = await createSqliteStorage(folder);
    await storage.erased();
    expect(bytesOnDisk()).not.toContain('recognisable');
  });
});

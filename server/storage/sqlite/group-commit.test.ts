import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { someEntries, someRoom, someYjsEntries } from '../contract/samples.ts';
import type { Call, Reply } from './calls.ts';
import { breakableDriver } from './breakable-driver.ts';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';
import { createMethods } from './methods.ts';
import { createTail } from './tail.ts';
import { openDatabase, type OpenDatabase } from './open-database.ts';

describe('group commit', () => {
  let folder: string;
  let database: OpenDatabase;
  let group: GroupCommit;
  /** Statements that fail the next time they are run, as a disk would make them. */
  let broken: string[];
  let id = 0;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-group-'));
    database = openDatabase(folder, 0);
    broken = [];
    const driver = breakableDriver(database.driver, () => broken);
    group = createGroupCommit(driver, createMethods(driver), createTail(driver));
    group.write([{ id: 0, method: 'createRoom', args: [someRoom('r')] }]);
  });

  afterEach(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });

  const append = (rev: number, op: string[] = ['a']): Call => ({
    id: ++id,
    method: 'append',
    args: ['r', { entries: [{ rev, author: 1, seq: rev, at: 1, op }], settled: [] }],
  });
  const kinds = (replies: Reply[]): string[] => replies.map(({ kind }) => kind);
  const revs = (): number[] => {
    group.settle();
    return database.driver.all<{ rev: number }>('select rev from entries').map(({ rev }) => rev);
  };

  it('[P2] fails all calls of a commit that fails, keeps nothing of them, and recovers', () => {
    broken = ['commit'];
    const replies = group.write([append(1), append(2), { id: ++id, method: 'probe', args: [] }]);
    expect(replies).toMatchObject([
      { kind: 'unavailable', message: 'SQLITE_IOERR: disk I/O error' },
      { kind: 'unavailable' },
      { kind: 'unavailable' },
    ]);
    expect(revs()).toEqual([]);
    expect(group.stats).toEqual({ commits: 1, writes: 1 });
    expect(kinds(group.write([append(1), append(2)]))).toEqual(['done', 'done']);
    expect(revs()).toEqual([1, 2]);
  });

  it('[P2] recovers after a rollback that failed too', () => {
    broken = ['commit', 'rollback'];
    expect(kinds(group.write([append(1)]))).toEqual(['unavailable']);
    expect(database.driver.inTransaction).toBe(true);
    const read = (): Reply => group.read({ id: ++id, method: 'entries', args: ['r', 1, 9, 9] });
    expect(read()).toMatchObject({ kind: 'done', value: [] });
    broken = ['commit', 'rollback', 'rollback'];
    expect(kinds(group.write([append(1)]))).toEqual(['unavailable']);
    expect(kinds(group.write([append(1)]))).toEqual(['unavailable']);
    expect(kinds(group.write([append(1)]))).toEqual(['done']);
    expect(revs()).toEqual([1]);
  });

  it('[P2] rejects on a full disk, which here is a limit on pages, and goes on when there is room again', () => {
    const { driver } = database;
    const pages = driver.first<{ page_count: number }>('pragma page_count')?.page_count ?? 0;
    driver.exec(`pragma max_page_count = ${pages + 1}`);
    const long = ['x'.repeat(100_000)];
    expect(group.write([append(1, long), append(2)])).toMatchObject([
      { kind: 'unavailable', message: expect.stringContaining('SQLITE_FULL') as unknown },
      { kind: 'unavailable' },
    ]);
    expect(driver.inTransaction).toBe(false);
    expect(revs()).toEqual([]);
    driver.exec('pragma max_page_count = 4294967294');
    expect(kinds(group.write([append(1, long), append(2)]))).toEqual(['done', 'done']);
    expect(revs()).toEqual([1, 2]);
  });

  it('[P1] leaves the neighbours of a refused call alone', () => {
    const entries = someEntries(5, 5);
    const hole: Call = { id: ++id, method: 'append', args: ['r', { entries, settled: [] }] };
    const fractional: Call = {
      id: ++id,
      method: 'append',
      // The first is written before the second fails, and has to go again.
      args: ['r', { entries: [...someEntries(2, 2), { rev: 3, author: 1, seq: 3, at: 0.5, op: ['x'] }], settled: [] }],
    };
    const replies = group.write([append(1), hole, fractional, append(2), append(2)]);
    expect(kinds(replies)).toEqual(['done', 'refused', 'refused', 'done', 'done']);
    expect(replies.slice(3)).toMatchObject([{ value: { ok: true } }, { value: { ok: false, rev: 2 } }]);
    expect(revs()).toEqual([1, 2]);
  });

  it('[P2] [P12] keeps nothing of bytes and of a lineage, in whichever moment they fail', () => {
    const record = (more: { at?: number } = {}): Call => {
      const [first, second] = [someYjsEntries(1, 1), someYjsEntries(2, 2).map((entry) => ({ ...entry, ...more }))];
      const batch = { entries: [...first, ...second], settled: [], lineage: { root: 'text' } };
      return { id: ++id, method: 'append', args: ['r', batch] };
    };
    const count = (): unknown =>
      database.driver.all('select (select count(*) from lineages) as l, (select count(*) from entries_yjs) as y');
    expect(kinds(group.write([record({ at: 0.5 })]))).toEqual(['refused']);
    expect(count()).toEqual([{ l: 0, y: 0 }]);
    broken = ['commit'];
    expect(kinds(group.write([record()]))).toEqual(['unavailable']);
    expect(count()).toEqual([{ l: 0, y: 0 }]);
    expect(group.write([record(), record()])).toMatchObject([
      { kind: 'done', value: { ok: true } },
      { kind: 'done', value: { ok: false, rev: 2 } },
    ]);
    expect(count()).toEqual([{ l: 1, y: 2 }]);
  });

  it('lets a later call of a group see an earlier one, and a read see the commit', () => {
    const room = someRoom('s');
    const replies = group.write([
      { id: ++id, method: 'createRoom', args: [room] },
      { id: ++id, method: 'append', args: ['s', { entries: someEntries(1, 1), settled: [] }] },
    ]);
    expect(kinds(replies)).toEqual(['done', 'done']);
    const read = group.read({ id: ++id, method: 'loadRoom', args: ['s'] });
    expect(read).toMatchObject({ kind: 'done', value: { id: 's', entries: someEntries(1, 1) } });
  });

  it('reports a damaged row as unavailable, and serves the others', () => {
    group.write([append(1)]);
    group.settle();
    database.driver.exec(`update entries set op = 'not JSON'`);
    expect(group.read({ id: ++id, method: 'loadRoom', args: ['r'] })).toMatchObject({ kind: 'unavailable' });
    expect(group.read({ id: ++id, method: 'findLink', args: ['r-edit'] })).toMatchObject({ kind: 'done' });
  });
});

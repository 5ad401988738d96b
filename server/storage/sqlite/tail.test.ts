import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { someAuthor, someEntries, someRoom, someYjsEntries } from '../contract/samples.ts';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';
import type { Arguments, Call, Method } from './calls.ts';
import { createMethods } from './methods.ts';
import { openDatabase, type OpenDatabase } from './open-database.ts';
import { createTail, settleTail } from './tail.ts';

describe('the tail of the log', () => {
  let folder: string;
  let database: OpenDatabase;
  let group: GroupCommit;
  let id = 0;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-tail-'));
    database = openDatabase(folder, 0);
    start();
    group.write([call('createRoom', someRoom('r')), call('createRoom', someRoom('s', { links: [] }))]);
  });

  afterEach(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });

  /** As after a crash: what is not on the disk is forgotten. */
  function start(): void {
    group = createGroupCommit(database.driver, createMethods(database.driver), createTail(database.driver));
  }

  function call<K extends Method>(method: K, ...args: Arguments[K]): Call {
    // They belong together by K, which TypeScript cannot say of a union.
    return { id: ++id, method, args } as unknown as Call;
  }

  const append = (room: string, rev: number): Call =>
    call('append', room, { entries: someEntries(rev, rev), settled: [] });
  const count = (table: string): number =>
    database.driver.first<{ n: number }>(`select count(*) as n from ${table}`)?.n ?? 0;
  const read = (room: string): unknown => {
    const reply = group.read(call('entries', room, 1, 100, 100));
    return reply.kind === 'done' ? reply.value : reply;
  };

  it('takes one row for all rooms of a commit, and gives every entry to who reads', () => {
    group.write([append('r', 1), append('s', 1), append('r', 2)]);
    group.write([append('r', 3)]);
    expect([count('tail'), count('entries')]).toEqual([2, 0]);
    expect(read('r')).toEqual(someEntries(1, 3));
    expect([count('tail'), count('entries')]).toEqual([0, 4]);
    expect(read('s')).toEqual(someEntries(1, 1));
  });

  it('[P2] [P3] knows after a crash what is in it', () => {
    group.write([append('r', 1), append('r', 2)]);
    start();
    expect(group.write([append('r', 2)])).toMatchObject([{ kind: 'done', value: { ok: false, rev: 2 } }]);
    expect(group.write([append('r', 3)])).toMatchObject([{ kind: 'done', value: { ok: true } }]);
    start();
    const again = call('append', 'r', {
      entries: [{ ...someEntries(4, 4)[0], rev: 4, author: 1, seq: 3, at: 4, op: ['x'] }],
      settled: [],
    });
    expect(group.write([again])).toMatchObject([{ kind: 'done', value: { ok: false, rev: 3 } }]);
    expect(read('r')).toEqual(someEntries(1, 3));
    expect(group.read(call('authors', 'r'))).toMatchObject({ value: [{ last: { seq: 3, rev: 3 } }] });
  });

  it('[P3] knows edits of which nothing was left', () => {
    group.write([call('append', 'r', { entries: someEntries(1, 1), settled: [{ author: 1, seq: 2, rev: 1 }] })]);
    start();
    const open = group.write([call('openAuthor', 'r', { ...someAuthor('client-1') })]);
    expect(open).toMatchObject([{ kind: 'done' }]);
    expect(group.read(call('authors', 'r'))).toMatchObject({ value: [{ last: { seq: 2, rev: 1 } }, {}] });
  });

  it('lets what has to do with Yjs, and what is large, go to its tables, in order', () => {
    const large = [{ rev: 2, author: 1, seq: 2, at: 2, op: ['x'.repeat(100_000)] }];
    group.write([append('r', 1), call('append', 'r', { entries: large, settled: [] }), append('r', 3)]);
    expect([count('tail'), count('entries')]).toEqual([1, 2]);
    const yjs = someYjsEntries(4, 4);
    group.write([call('append', 'r', { entries: yjs, settled: [], lineage: { root: 'text' } })]);
    expect([count('tail'), count('entries')]).toEqual([0, 4]);
    expect(read('r')).toEqual([...someEntries(1, 1), ...large, ...someEntries(3, 3), ...yjs]);
  });

  it('leaves nothing of a room that is deleted', () => {
    group.write([append('r', 1), append('s', 1)]);
    group.write([call('deleteRoom', 'r')]);
    expect([count('tail'), count('entries')]).toEqual([0, 1]);
  });

  it('is moved when it is long', () => {
    for (let rev = 1; rev <= 1_001; rev++) group.write([append('r', rev)]);
    // So many at once become a pack.
    expect([count('tail'), count('entries'), count('packs')]).toEqual([0, 0, 1]);
    expect(group.read(call('heads', ['r']))).toMatchObject({ value: new Map([['r', 1_001]]) });
  });

  it('can be moved in a file that no server uses', () => {
    group.write([append('r', 1)]);
    settleTail(database.driver);
    expect([count('tail'), count('entries')]).toEqual([0, 1]);
  });
});

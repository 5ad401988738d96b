import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { someAnchor, someChat, someComment } from '../contract/note-samples.ts';
import { newLink, someAuthor, someBytes, someEntries, someRoom, someYjsEntries } from '../contract/samples.ts';
import type { Driver } from './driver.ts';
import { createMethods } from './methods.ts';
import { openDatabase, type OpenDatabase } from './open-database.ts';

describe('the statements of the methods', () => {
  let folder: string;
  let database: OpenDatabase;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-methods-'));
    database = openDatabase(folder, 0);
  });

  afterEach(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });

  it('find every row by an index, and never go through a table', () => {
    const { driver } = database;
    const seen = new Set<string>();
    const methods = createMethods(listening(driver, seen));
    methods.createRoom(someRoom('r'));
    methods.append('r', { entries: someEntries(1, 3), settled: [] });
    methods.entries('r', 1, 3, 3);
    methods.append('r', { entries: someYjsEntries(4, 4), settled: [], lineage: { root: 'text' } });
    for (const rev of [1, 2, 3]) methods.saveSnapshot('r', { rev, text: 'x' });
    methods.saveLineage('r', { rev: 4, state: someBytes(1) });
    methods.heads(['r']);
    methods.listRooms({ limit: 10 });
    methods.loadRoom('r');
    methods.loadLineage('r');
    for (const name of ['one', 'two']) methods.openAuthor('r', someAuthor('second', { name }));
    methods.authors('r');
    methods.renameAuthor('r', 1, 'x', 1);
    methods.setRoom('r', { title: 'x', language: 'x', file: null, locked: true });
    methods.makeLink('r', newLink('r-4'));
    methods.changeLink('r', 4, { name: 'x' });
    methods.rotateLink('r', 4, 'r-newer', 1);
    methods.findLink('r-4');
    methods.findLink('r-newer');
    methods.links('r');
    methods.bar('r', 'guest', 1);
    methods.isBarred('r', ['guest']);
    methods.shutOut('r');
    for (const id of ['m', 'm', 'n']) methods.addChat('r', someChat(id, { quote: someAnchor(1) }), 1);
    methods.chat('r', { limit: 1 });
    methods.chat('r', { after: 1, limit: 1 });
    methods.changeThread('r', 't', { kind: 'open', anchor: someAnchor(1), comment: someComment('c') });
    methods.saveAnchors('r', [{ of: 'thread', id: 't', anchor: someAnchor(1) }]);
    methods.threads('r');
    methods.changeThread('r', 't', { kind: 'delete', id: 'c' });
    methods.noteHeads('r');
    methods.addVersion('r', { rev: 1, name: 'x', author: 1, at: 1 });
    methods.renameVersion('r', 1, 'y');
    methods.versions('r');
    methods.deleteVersion('r', 1);
    methods.deleteRoom('r');
    expect(seen.size).toBeGreaterThan(40);
    for (const sql of seen) {
      const plan = driver.all<{ detail: string }>(`explain query plan ${sql}`);
      // What was found by an index before, and put together for this statement, may be gone through.
      const scans = plan.filter(({ detail }) => detail.startsWith('SCAN') && !detail.startsWith('SCAN ('));
      expect(scans, sql).toEqual([]);
    }
  });

  it('let somebody in without a look at the log, whose newest entry may be a book that was pasted', () => {
    const { driver } = database;
    const seen = new Set<string>();
    const methods = createMethods(listening(driver, seen));
    methods.createRoom(someRoom('r'));
    methods.append('r', { entries: someEntries(1, 1), settled: [] });
    seen.clear();
    methods.findDoor('r-edit', ['guest']);
    for (const name of ['one', 'two']) methods.openAuthor('r', someAuthor('second', { name }));
    expect(seen.size).toBeGreaterThan(4);
    expect([...seen].filter((sql) => /\b(entries|packs|snapshots|tail)\b/.test(sql))).toEqual([]);
  });
});

/** The same, with what it is asked written down. */
function listening(driver: Driver, seen: Set<string>): Driver {
  return {
    ...driver,
    run: (sql, ...values) => {
      seen.add(sql);
      return driver.run(sql, ...values);
    },
    first: (sql, ...values) => {
      seen.add(sql);
      return driver.first(sql, ...values);
    },
    all: (sql, ...values) => {
      seen.add(sql);
      return driver.all(sql, ...values);
    },
  };
}

import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { batchesOfText } from './packed-batch.ts';
import { someEntries, someRoom } from '../contract/samples.ts';
import { backUp } from '../tools/backup.ts';
import type { Entry } from '../storage.ts';
import { journalFiles, readJournals } from './journal-file.ts';
import { CAN_JOURNAL, createJournal } from './journal.ts';
import { createSqliteStorage, type SqliteStorage } from './sqlite.ts';

describe.runIf(CAN_JOURNAL)('the journal of the newest edits', () => {
  let folder: string;
  let storage: SqliteStorage;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-journal-'));
    storage = await createSqliteStorage(folder);
    await storage.createRoom(someRoom('r'));
    // From the answer to it is known where the log ends, and what is settled of the author.
    await storage.append('r', batch(1, 1));
  });

  afterEach(async () => {
    await storage.close();
    rmSync(folder, { recursive: true });
  });

  const batch = (from: number, to: number) => ({ entries: someEntries(from, to), settled: [] });
  const appendNow = (from: number, to = from, room = 'r'): boolean | undefined =>
    storage.appendNow?.([{ room, batch: batch(from, to) }])[0];
  const log = (from = storage, room = 'r'): Promise<Entry[]> => from.entries(room, 1, 1_000, 1_000);
  const inJournals = (): string =>
    journalFiles(folder)
      .map((file) => readFileSync(file, 'utf8'))
      .join('');

  /** What a crash at this moment leaves. */
  function crashed(): string {
    const copy = mkdtempSync(join(tmpdir(), 'tandem-journal-copy-'));
    for (const name of readdirSync(folder)) {
      if (/-(wal|tail0|tail1)$|\.db$/.test(name)) copyFileSync(join(folder, name), join(copy, name));
    }
    return copy;
  }

  async function afterCrash(copy: string): Promise<Entry[]> {
    const again = await createSqliteStorage(copy);
    try {
      return await log(again);
    } finally {
      await again.close();
      expect(journalFiles(copy).filter(existsSync)).toEqual([]);
      rmSync(copy, { recursive: true });
    }
  }

  it('[P2] has what it took on the disk when it returns, and everybody who reads finds it', async () => {
    expect([appendNow(2), appendNow(3, 4)]).toEqual([true, true]);
    expect(readJournals(folder).flatMap(({ entries }) => entries)).toEqual(someEntries(2, 4));
    const copy = crashed();
    expect(await log()).toEqual(someEntries(1, 4));
    expect(await afterCrash(copy)).toEqual(someEntries(1, 4));
    expect((await storage.authors('r'))[0]?.last).toEqual({ seq: 4, rev: 4 });
  });

  it('[P2] loses nothing if an append goes its usual way in between', async () => {
    appendNow(2);
    await storage.append('r', batch(3, 3));
    appendNow(4);
    const copy = crashed();
    await storage.append('r', batch(5, 5));
    expect(await afterCrash(copy)).toEqual(someEntries(1, 4));
    expect(await afterCrash(crashed())).toEqual(someEntries(1, 5));
  });

  it('[P2] leaves out a record that is torn', async () => {
    appendNow(2);
    const copy = crashed();
    const [first] = journalFiles(copy);
    const whole = readFileSync(first);
    appendFileSync(first, whole.subarray(0, whole.length - 3));
    expect(await afterCrash(copy)).toEqual(someEntries(1, 2));
  });

  it('[P2] leaves out a record of which a byte is another', async () => {
    appendNow(2);
    appendNow(3);
    const copy = crashed();
    const [first] = journalFiles(copy);
    const bytes = readFileSync(first);
    bytes.write('b', bytes.lastIndexOf('a'));
    writeFileSync(first, bytes);
    expect(await afterCrash(copy)).toEqual(someEntries(1, 2));
  });

  it('[P3] says nothing of an edit whose number is settled', () => {
    expect(appendNow(2)).toBe(true);
    const entries = someEntries(3, 3).map((entry) => ({ ...entry, seq: 2 }));
    expect(storage.appendNow?.([{ room: 'r', batch: { entries, settled: [] } }])).toEqual([false]);
  });

  it('[P1] says nothing of a batch that does not follow, or whose author it has not met', async () => {
    expect([appendNow(3), appendNow(1)]).toEqual([false, false]);
    expect(storage.appendNow?.([{ room: 'nowhere', batch: batch(1, 1) }])).toEqual([false]);
    const stranger = { rev: 2, author: 9, seq: 1, at: 1, op: ['x'] };
    expect(storage.appendNow?.([{ room: 'r', batch: { entries: [stranger], settled: [] } }])).toEqual([false]);
    expect(appendNow(2)).toBe(true);
    await expect(storage.append('r', batch(2, 2))).resolves.toEqual({ ok: false, rev: 2 });
    await expect(storage.append('r', batch(3, 3))).resolves.toEqual({ ok: true });
    expect(appendNow(4)).toBe(true);
  });

  it('says nothing while an append of the same room is under way', async () => {
    const other = storage.append('r', batch(2, 2));
    expect(appendNow(2)).toBe(false);
    expect(await other).toEqual({ ok: true });
    expect(appendNow(3)).toBe(true);
  });

  it('[P10] leaves nothing of a room that is deleted', async () => {
    await storage.createRoom(someRoom('s'));
    await storage.append('s', batch(1, 1));
    const words = { rev: 2, author: 1, seq: 2, at: 1, op: ['words that must go'] };
    storage.appendNow?.([{ room: 'r', batch: { entries: [words], settled: [] } }]);
    expect(inJournals()).toContain('words that must go');
    const deleting = storage.deleteRoom('r');
    // Others write meanwhile, and a file that has something of them is not emptied.
    expect(appendNow(2, 2, 's')).toBe(true);
    await deleting;
    expect(inJournals()).not.toContain('words that must go');
    await expect(storage.append('r', batch(3, 3))).rejects.toThrow('There is no room r.');
  });

  it('is in a backup', () => {
    appendNow(2);
    const file = join(folder, 'copy.db');
    expect(backUp(folder, file).entries).toBe(2);
  });

  it('is refused beside a database that is older', async () => {
    const older = crashed();
    await storage.append('r', batch(2, 2));
    appendNow(3);
    for (const [index, file] of journalFiles(folder).entries()) copyFileSync(file, journalFiles(older)[index] ?? '');
    await expect(createSqliteStorage(older)).rejects.toMatchObject({ code: 'torn' });
    rmSync(older, { recursive: true });
  });

  it('empties a file when all of it is in its tables, and goes on in the other', () => {
    const own = mkdtempSync(join(tmpdir(), 'tandem-journal-own-'));
    const journal = createJournal(own, () => 0);
    const held = (rev: number) => ({ room: 'r', entries: someEntries(rev, rev), settled: new Map() });
    const sizes = (): boolean[] => journalFiles(own).map((file) => statSync(file).size > 0);
    journal.write([held(1), held(2)]);
    expect(journal.fresh).toBe(2);
    expect(journal.take().flatMap(batchesOfText)).toEqual([held(1), held(2)]);
    expect(journal.fresh).toBe(0);
    journal.turnOver();
    journal.write([held(3)]);
    expect(sizes()).toEqual([true, true]);
    journal.moved(2);
    expect(sizes()).toEqual([false, true]);
    expect(readJournals(own)).toHaveLength(1);
    journal.moved(3);
    expect(journal.isEmpty).toBe(true);
    journal.close();
    expect(readdirSync(own)).toEqual([]);
    rmSync(own, { recursive: true });
  });

  it('leaves a slow disk to others for a while, and writes nothing while nothing can be moved', () => {
    const own = mkdtempSync(join(tmpdir(), 'tandem-journal-own-'));
    let now = 0;
    let step = 0;
    const journal = createJournal(own, () => (now += step));
    const held = (rev: number) => ({ room: 'r', entries: someEntries(rev, rev), settled: new Map() });
    step = 1_000;
    expect(journal.write([held(1)])).toBe(true);
    step = 0;
    expect(journal.write([held(2)])).toBe(false);
    now += 10;
    expect(journal.write([held(2)])).toBe(true);
    journal.stuck();
    expect(journal.write([held(3)])).toBe(false);
    journal.moved(2);
    expect(journal.write([held(3)])).toBe(true);
    journal.close();
    expect(readJournals(own).map(({ entries }) => entries[0]?.rev)).toEqual([3]);
    rmSync(own, { recursive: true });
  });
});

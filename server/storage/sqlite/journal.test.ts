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
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { batchesOfText, textOfBatches } from './packed-batch.ts';
import { someAuthor, someEntries, someRoom } from '../contract/samples.ts';
import { backUp } from '../tools/backup.ts';
import type { Entry } from '../storage.ts';
import { journalFiles, readJournals, recordOf } from './journal-file.ts';
import { CAN_JOURNAL, createJournal } from './journal.ts';
import { openDriver } from './driver.ts';
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

  it('is in a backup', async () => {
    appendNow(2);
    await storage.openAuthor('r', someAuthor('second'));
    const file = join(folder, 'copy.db');
    expect(backUp(folder, file).entries).toBe(2);
    const driver = openDriver(file, 0);
    expect(driver.all('select author, client from authors')).toEqual([
      { author: 1, client: 'first' },
      { author: 2, client: 'second' },
    ]);
    driver.close();
  });

  describe('of people', () => {
    const people = async (of = storage, room = 'r'): Promise<[number, string, string][]> =>
      (await of.authors(room)).map(({ author, client, name }) => [author, client, name]);
    const inFiles = (copy = folder): string[] =>
      readJournals(copy).flatMap(({ authors = [] }) => authors.map(({ client }) => client));
    const FIRST = [1, 'first', 'Name first'];

    async function withCopy<T>(copy: string, look: (again: SqliteStorage) => Promise<T>): Promise<T> {
      const again = await createSqliteStorage(copy);
      try {
        return await look(again);
      } finally {
        await again.close();
        rmSync(copy, { recursive: true });
      }
    }

    it('[P2] has a newcomer on the disk before anybody hears the number, and gives it to nobody else', async () => {
      expect(await storage.openAuthor('r', someAuthor('second'))).toMatchObject({ author: 2, last: null });
      expect(inFiles()).toEqual(['second']);
      await withCopy(crashed(), async (again) => {
        expect(await people(again)).toEqual([FIRST, [2, 'second', 'Name second']]);
        expect((await again.openAuthor('r', someAuthor('third'))).author).toBe(3);
        expect((await again.openAuthor('r', someAuthor('second'))).author).toBe(2);
      });
      expect(await people()).toEqual([FIRST, [2, 'second', 'Name second']]);
      expect((await storage.links('r')).map(({ uses }) => uses)).toEqual([2, 0, 0]);
    });

    it('[P2] [P3] has what a newcomer wrote, by either way, and whose it is', async () => {
      const two = await storage.openAuthor('r', someAuthor('second'));
      const entries = someEntries(2, 2, two.author);
      expect(storage.appendNow?.([{ room: 'r', batch: { entries, settled: [] } }])).toEqual([true]);
      const three = await storage.openAuthor('r', someAuthor('third'));
      await storage.append('r', { entries: someEntries(3, 3, three.author), settled: [] });
      const four = await storage.openAuthor('r', someAuthor('fourth'));
      const copy = crashed();
      expect([two, three, four].map(({ author }) => author)).toEqual([2, 3, 4]);
      const lasts = async (of: SqliteStorage) => (await of.authors('r')).map(({ last }) => last?.rev);
      expect(await lasts(storage)).toEqual([1, 2, 3, undefined]);
      expect((await log()).map(({ author }) => author)).toEqual([1, 2, 3]);
      await withCopy(copy, async (again) => {
        expect(await lasts(again)).toEqual([1, 2, 3, undefined]);
        expect(await log(again)).toEqual(await log());
      });
    });

    it('one of another way goes by the thread: who was here before, and whoever comes meanwhile', async () => {
      const both = await Promise.all([
        storage.openAuthor('r', someAuthor('first', { name: 'Renamed' })),
        storage.openAuthor('r', someAuthor('second')),
      ]);
      expect(both.map(({ author }) => author)).toEqual([1, 2]);
      expect(inFiles()).toEqual([]);
      expect((await storage.openAuthor('r', someAuthor('third'))).author).toBe(3);
      expect(inFiles()).toEqual(['third']);
      await storage.renameAuthor('r', 3, 'Three', 5);
      await withCopy(crashed(), async (again) => {
        expect(await people(again)).toEqual([
          [1, 'first', 'Renamed'],
          [2, 'second', 'Name second'],
          [3, 'third', 'Three'],
        ]);
      });
    });

    it('of a room that was there before the start begins with the second who is new', async () => {
      await storage.close();
      storage = await createSqliteStorage(folder);
      await vi.waitFor(() => expect(existsSync(journalFiles(folder)[0])).toBe(true));
      for (const [author, client] of [
        [2, 'second'],
        [3, 'third'],
      ] as const) {
        expect((await storage.openAuthor('r', someAuthor(client))).author).toBe(author);
        // Answers come in their order: with this one there is the one to the question for all clients.
        await storage.authors('r');
      }
      expect(inFiles()).toEqual(['third']);
    });

    it('[P10] leaves nothing of a room that is deleted, in which nobody is new any more', async () => {
      await storage.openAuthor('r', someAuthor('a-name-that-must-go'));
      expect(inJournals()).toContain('a-name-that-must-go');
      const deleting = storage.deleteRoom('r');
      const late = storage.openAuthor('r', someAuthor('late')).catch((error: Error) => error.message);
      expect(inJournals()).not.toContain('late');
      await deleting;
      expect(inJournals()).not.toContain('a-name-that-must-go');
      await late;
      await expect(storage.openAuthor('r', someAuthor('later'))).rejects.toThrow('There is no room r.');
      expect(await storage.authors('r')).toEqual([]);
    });

    it.each([
      ['has not the one before', { entries: [], settled: new Map(), authors: [{ ...someAuthor('third'), author: 3 }] }],
      ['has another', { entries: [], settled: new Map(), authors: [{ ...someAuthor('third'), author: 1 }] }],
      ['has not who wrote', { entries: someEntries(2, 2, 7), settled: new Map([[7, { seq: 2, rev: 2 }]]) }],
    ])('is refused beside a database that %s', async (_, held) => {
      const other = crashed();
      writeFileSync(journalFiles(other)[0], recordOf(Buffer.from(textOfBatches([{ room: 'r', ...held }]))));
      await expect(createSqliteStorage(other)).rejects.toMatchObject({ code: 'torn' });
      rmSync(other, { recursive: true });
    });
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

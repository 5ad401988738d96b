import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Entry, NewAuthor, NewRoom, Storage } from './storage.ts';

export interface OpenedStorage {
  storage: Storage;
  /** Closes it and opens what it left. Absent for an engine that keeps nothing. */
  reopen?: () => Promise<Storage>;
  /** Called after each test with the storage that it used last, open or closed. */
  done: (storage: Storage) => Promise<void>;
}

/** A person of a room, all fields filled. */
export function someAuthor(client: string, change: Partial<NewAuthor> = {}): NewAuthor {
  return { client, person: `person-${client}`, name: `Name ${client}`, color: 3, kind: 'ot', ...change };
}

/** A room with its three links and one author, number 1. */
export function someRoom(id: string, change: Partial<NewRoom> = {}): NewRoom {
  return {
    id,
    epoch: `epoch-${id}`,
    title: 'A title',
    language: 'markdown',
    createdAt: 1_700_000_000_123,
    links: [
      { token: `${id}-owner`, role: 'owner' },
      { token: `${id}-edit`, role: 'edit' },
      { token: `${id}-view`, role: 'view' },
    ],
    authors: [{ ...someAuthor('first'), author: 1 }],
    ...change,
  };
}

/** Entries `from` … `to` by one author, whose `seq` is the revision. */
export function someEntries(from: number, to: number, author = 1): Entry[] {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const rev = from + index;
    return { rev, author, seq: rev, at: 1_700_000_000_000 + rev, op: rev === 1 ? ['a'] : [rev - 1, 'a'] };
  });
}

/** The same with Yjs bytes, which tell their revision. */
export function someYjsEntries(from: number, to: number, author = 1): Entry[] {
  return someEntries(from, to, author).map((entry) => ({ ...entry, yjs: someBytes(entry.rev) }));
}

/** Bytes of every value; engines do not look into them. */
function someBytes(first: number): Uint8Array {
  return Uint8Array.from({ length: 300 }, (_, index) => first + index);
}

/** What every engine promises. `open` gives an empty storage each time. `keeps`: it outlives its process. */
export function describeStorage(name: string, open: () => Promise<OpenedStorage>, keeps = true): void {
  describe(`${name}: storage contract`, () => {
    let opened: OpenedStorage;
    let storage: Storage;

    beforeEach(async () => {
      opened = await open();
      storage = opened.storage;
    });

    afterEach(async () => {
      await opened.done(storage);
    });

    const append = (room: string, entries: readonly Entry[]): Promise<{ ok: true } | { ok: false; rev: number }> =>
      storage.append(room, { entries, settled: [] });

    describe('rooms and links', () => {
      it('gives a new room back as it was made', async () => {
        expect(await storage.createRoom(someRoom('r', { title: 'Zoë 😀' }))).toBe('created');
        expect(await storage.loadRoom('r')).toEqual({
          id: 'r',
          epoch: 'epoch-r',
          title: 'Zoë 😀',
          language: 'markdown',
          createdAt: 1_700_000_000_123,
          file: null,
          snapshot: null,
          entries: [],
        });
        expect(await storage.authors('r')).toEqual([{ ...someAuthor('first'), author: 1, last: null }]);
      });

      it('[P10] finds a room by each link, with that link’s role, and by nothing else', async () => {
        await storage.createRoom(someRoom('r'));
        expect(await storage.findLink('r-owner')).toEqual({ token: 'r-owner', room: 'r', role: 'owner' });
        expect(await storage.findLink('r-view')).toEqual({ token: 'r-view', room: 'r', role: 'view' });
        expect(await storage.findLink('r')).toBeNull();
        expect(await storage.findLink('R-VIEW')).toBeNull();
        expect(await storage.findLink('')).toBeNull();
        expect((await storage.links('r')).map(({ role }) => role)).toEqual(['owner', 'edit', 'view']);
        expect(await storage.links('other')).toEqual([]);
      });

      it('refuses a taken id or token, and then writes nothing', async () => {
        await storage.createRoom(someRoom('r'));
        expect(await storage.createRoom(someRoom('r', { links: [{ token: 'fresh', role: 'edit' }] }))).toBe('taken');
        expect(await storage.findLink('fresh')).toBeNull();

        const links = [
          { token: 'fresh', role: 'edit' as const },
          { token: 'r-view', role: 'view' as const },
        ];
        expect(await storage.createRoom(someRoom('other', { links }))).toBe('taken');
        expect(await storage.findLink('fresh')).toBeNull();
        expect(await storage.loadRoom('other')).toBeNull();
        expect(await storage.authors('other')).toEqual([]);
      });

      it('lets exactly one of two rooms have a token', async () => {
        const rooms = ['a', 'b'].map((id) => someRoom(id, { links: [{ token: 'wanted', role: 'edit' }] }));
        const results = await Promise.all(rooms.map((room) => storage.createRoom(room)));
        expect(results.toSorted()).toEqual(['created', 'taken']);
      });

      it('knows nothing of a room that is not there', async () => {
        expect(await storage.loadRoom('none')).toBeNull();
        expect(await storage.entries('none', 1, 10, 10)).toEqual([]);
        expect(await storage.snapshotBefore('none', 10)).toBeNull();
        expect(await storage.authors('none')).toEqual([]);
      });

      it('changes what setRoom gives, and leaves the rest', async () => {
        await storage.createRoom(someRoom('r'));
        await storage.setRoom('r', { title: 'New' });
        await storage.setRoom('r', { file: { bom: true, lineEnd: '\r\n' } });
        await storage.setRoom('r', { language: 'css' });
        const file = { bom: true, lineEnd: '\r\n' };
        expect(await storage.loadRoom('r')).toMatchObject({ title: 'New', language: 'css', file });
        await storage.setRoom('r', { file: null });
        expect(await storage.loadRoom('r')).toMatchObject({ title: 'New', file: null });
        await expect(storage.setRoom('none', { title: 'x' })).rejects.toMatchObject({ name: 'StorageRefused' });
      });

      it('drops U+0000 from labels', async () => {
        await storage.createRoom(someRoom('r', { title: 'a\0b' }));
        expect((await storage.loadRoom('r'))?.title).toBe('ab');
        expect((await storage.openAuthor('r', someAuthor('z', { name: '\0Zoë', person: 'p\0' }))).name).toBe('Zoë');
      });
    });

    describe('the log', () => {
      beforeEach(async () => {
        await storage.createRoom(someRoom('r'));
        await storage.createRoom(someRoom('s'));
      });

      it('[P1] appends from the newest revision on, and gives back what it took', async () => {
        const entries = someEntries(1, 3);
        expect(await append('r', entries)).toEqual({ ok: true });
        expect(await append('r', someEntries(4, 4))).toEqual({ ok: true });
        expect(await storage.entries('r', 1, 4, 10)).toEqual([...entries, ...someEntries(4, 4)]);
        expect((await storage.loadRoom('r'))?.entries).toHaveLength(4);
        expect((await storage.loadRoom('s'))?.entries).toEqual([]);
      });

      it('[P1] says conflict, with the newest revision, for a revision that exists', async () => {
        await append('r', someEntries(1, 3));
        const [late] = someEntries(3, 3);
        expect(await append('r', [{ ...late, rev: 3, author: 1, seq: 9, at: 1, op: ['x'] }])).toEqual({
          ok: false,
          rev: 3,
        });
        expect(await append('r', [{ rev: 1, author: 1, seq: 9, at: 1, op: ['x'] }])).toEqual({ ok: false, rev: 3 });
        expect(await storage.entries('r', 1, 9, 10)).toEqual(someEntries(1, 3));
      });

      it('[P1] lets exactly one of two racing appends of one revision win', async () => {
        await storage.openAuthor('r', someAuthor('second'));
        for (let rev = 1; rev <= 20; rev += 1) {
          const results = await Promise.all([
            append('r', [{ rev, author: 1, seq: rev, at: 1, op: ['first'] }]),
            append('r', [{ rev, author: 2, seq: rev, at: 1, op: ['second'] }]),
          ]);
          expect(results.filter(({ ok }) => ok)).toHaveLength(1);
          expect(results.filter(({ ok }) => !ok)).toEqual([{ ok: false, rev }]);
        }
        expect((await storage.entries('r', 1, 99, 99)).map(({ rev }) => rev)).toEqual(range(1, 20));
      });

      it('[P1] takes a batch whole or not at all', async () => {
        await append('r', someEntries(1, 2));
        const repeated = [...someEntries(3, 4), { rev: 5, author: 1, seq: 2, at: 1, op: ['again'] }];
        await expect(append('r', repeated)).rejects.toMatchObject({ name: 'StorageRefused' });
        await expect(append('r', [...someEntries(3, 3), ...someEntries(5, 5)])).rejects.toMatchObject({
          name: 'StorageRefused',
        });
        await expect(append('r', [...someEntries(3, 3), ...someEntries(4, 4, 77)])).rejects.toMatchObject({
          name: 'StorageRefused',
        });
        expect(await storage.entries('r', 1, 9, 10)).toEqual(someEntries(1, 2));
        expect((await storage.authors('r'))[0]?.last).toEqual({ seq: 2, rev: 2 });
      });

      it('[P1] refuses a batch beyond the end, for a hole is worse than a failure', async () => {
        await append('r', someEntries(1, 2));
        await expect(append('r', someEntries(4, 4))).rejects.toMatchObject({ name: 'StorageRefused' });
        expect(await storage.entries('r', 1, 9, 10)).toEqual(someEntries(1, 2));
      });

      it('refuses an append to a room that is not there', async () => {
        await expect(append('none', someEntries(1, 1))).rejects.toMatchObject({ name: 'StorageRefused' });
        await expect(append('none', [])).rejects.toMatchObject({ name: 'StorageRefused' });
      });

      it('takes an empty batch as nothing', async () => {
        expect(await append('r', [])).toEqual({ ok: true });
        expect((await storage.loadRoom('r'))?.entries).toEqual([]);
      });

      it('[P3] never takes a seq of an author twice', async () => {
        await append('r', someEntries(1, 2));
        expect(await append('r', [{ rev: 3, author: 1, seq: 2, at: 1, op: ['again'] }])).toEqual({ ok: false, rev: 2 });
        expect(await append('r', [{ rev: 3, author: 1, seq: 1, at: 1, op: ['again'] }])).toEqual({ ok: false, rev: 2 });
        expect(await append('r', [{ rev: 3, author: 1, seq: 3, at: 1, op: ['new'] }])).toEqual({ ok: true });
        expect((await storage.authors('r'))[0]?.last).toEqual({ seq: 3, rev: 3 });
      });

      it('[P3] counts a seq for each author and room by itself', async () => {
        const second = await storage.openAuthor('r', someAuthor('second'));
        await append('r', [
          { rev: 1, author: 1, seq: 1, at: 1, op: ['a'] },
          { rev: 2, author: second.author, seq: 1, at: 1, op: ['b'] },
          { rev: 3, author: 1, seq: 2, at: 1, op: ['c'] },
        ]);
        expect(await append('s', someEntries(1, 1))).toEqual({ ok: true });
        expect((await storage.authors('r')).map(({ last }) => last)).toEqual([
          { seq: 2, rev: 3 },
          { seq: 1, rev: 2 },
        ]);
      });

      it('[P3] remembers an edit that became identity like one in the log', async () => {
        await append('r', someEntries(1, 2));
        expect(await storage.append('r', { entries: [], settled: [{ author: 1, seq: 3, rev: 2 }] })).toEqual({
          ok: true,
        });
        expect((await storage.openAuthor('r', someAuthor('first'))).last).toEqual({ seq: 3, rev: 2 });
        expect(await storage.append('r', { entries: [], settled: [{ author: 1, seq: 3, rev: 2 }] })).toEqual({
          ok: false,
          rev: 2,
        });
        expect(await append('r', [{ rev: 3, author: 1, seq: 3, at: 1, op: ['again'] }])).toEqual({ ok: false, rev: 2 });
      });

      it('[P3] settles identities and entries of one batch together', async () => {
        const batch = {
          entries: [
            { rev: 1, author: 1, seq: 1, at: 1, op: ['a'] },
            { rev: 2, author: 1, seq: 3, at: 1, op: ['b'] },
          ],
          settled: [
            { author: 1, seq: 2, rev: 1 },
            { author: 1, seq: 4, rev: 2 },
          ],
        };
        expect(await storage.append('r', batch)).toEqual({ ok: true });
        expect((await storage.authors('r'))[0]?.last).toEqual({ seq: 4, rev: 2 });
      });

      it('refuses to settle twice in one batch, or beyond the log', async () => {
        const refused = { name: 'StorageRefused' };
        const entries = someEntries(1, 1);
        const settle = (seq: number, rev: number): Promise<unknown> =>
          storage.append('r', { entries, settled: [{ author: 1, seq, rev }] });
        await expect(settle(1, 1)).rejects.toMatchObject(refused);
        await expect(settle(2, 2)).rejects.toMatchObject(refused);
        expect(await storage.entries('r', 1, 9, 10)).toEqual([]);
        expect(await settle(2, 1)).toEqual({ ok: true });
      });

      it('[P6] keeps every unit of an op: U+0000, line ends, quotes, astral letters', async () => {
        const op = ['\0', 3, 'a\0b\n"\\\u2028é漢😀\u007f', -2];
        await append('r', [{ rev: 1, author: 1, seq: 1, at: 1, op }]);
        expect((await storage.entries('r', 1, 1, 1))[0]?.op).toEqual(op);
      });

      it('[P9] pages by limit', async () => {
        await append('r', someEntries(1, 305));
        const revs = async (from: number, to: number, limit: number): Promise<number[]> =>
          (await storage.entries('r', from, to, limit)).map(({ rev }) => rev);
        expect(await revs(1, 305, 100)).toEqual(range(1, 100));
        expect(await revs(101, 305, 200)).toEqual(range(101, 300));
        expect(await revs(301, 999, 100)).toEqual(range(301, 305));
        expect(await revs(7, 9, 100)).toEqual([7, 8, 9]);
        expect(await revs(-5, 2, 100)).toEqual([1, 2]);
        expect(await revs(9, 7, 100)).toEqual([]);
        expect(await revs(306, 400, 100)).toEqual([]);
        expect(await revs(1, 305, 0)).toEqual([]);
      });

      it('[P2] takes appends of 100 rooms at once, each room in order', async () => {
        const ids = range(1, 100).map((number) => `room-${number}`);
        await Promise.all(ids.map((id) => storage.createRoom(someRoom(id))));
        await Promise.all(
          ids.map(async (id) => {
            for (let rev = 1; rev <= 10; rev += 1)
              expect(await append(id, someEntries(rev, rev))).toEqual({ ok: true });
          }),
        );
        for (const id of ids) expect(await storage.entries(id, 1, 99, 99)).toEqual(someEntries(1, 10));
      });
    });

    describe('snapshots', () => {
      beforeEach(async () => {
        await storage.createRoom(someRoom('r'));
        await append('r', someEntries(1, 1_205));
      });

      it('loads a room from the newest one and the entries after it', async () => {
        await storage.saveSnapshot('r', { rev: 600, text: 'old' });
        await storage.saveSnapshot('r', { rev: 1_200, text: 'new' });
        const room = await storage.loadRoom('r');
        expect(room?.snapshot).toEqual({ rev: 1_200, text: 'new' });
        expect(room?.entries).toEqual(someEntries(1_201, 1_205));
      });

      it('finds the newest at or before a revision', async () => {
        await storage.saveSnapshot('r', { rev: 600, text: 'old' });
        await storage.saveSnapshot('r', { rev: 1_200, text: 'new' });
        expect(await storage.snapshotBefore('r', 1_199)).toEqual({ rev: 600, text: 'old' });
        expect(await storage.snapshotBefore('r', 1_200)).toEqual({ rev: 1_200, text: 'new' });
        expect(await storage.snapshotBefore('r', 599)).toBeNull();
      });

      it('overwrites one at the same revision', async () => {
        await storage.saveSnapshot('r', { rev: 600, text: 'one' });
        await storage.saveSnapshot('r', { rev: 600, text: 'two' });
        expect(await storage.snapshotBefore('r', 1_205)).toEqual({ rev: 600, text: 'two' });
      });

      it('[P11] is never beyond the log, nor of a room that is not there', async () => {
        const refused = { name: 'StorageRefused' };
        await expect(storage.saveSnapshot('r', { rev: 1_206, text: 'x' })).rejects.toMatchObject(refused);
        await expect(storage.saveSnapshot('none', { rev: 0, text: '' })).rejects.toMatchObject(refused);
        expect((await storage.loadRoom('r'))?.snapshot).toBeNull();
      });

      it('[P6] keeps every unit of the text, and two megabytes of it', async () => {
        const text = `\0a\0b\n\u2028é漢😀${'long 😀 '.repeat(300_000)}\0`;
        await storage.saveSnapshot('r', { rev: 1_205, text });
        expect((await storage.loadRoom('r'))?.snapshot?.text === text).toBe(true);
        await storage.saveSnapshot('r', { rev: 1_205, text: '' });
        expect((await storage.loadRoom('r'))?.snapshot?.text).toBe('');
      });
    });

    describe('the lineage', () => {
      const refused = { name: 'StorageRefused' };
      const lineage = { root: 'quill' };

      beforeEach(async () => {
        await storage.createRoom(someRoom('r'));
        await storage.createRoom(someRoom('s'));
      });

      it('[P12] is there once a batch has recorded it, in that room alone', async () => {
        await append('r', someEntries(1, 2));
        expect(await storage.loadLineage('r')).toBeNull();
        expect(await storage.loadLineage('none')).toBeNull();
        expect(await storage.append('r', { entries: someYjsEntries(3, 3), settled: [], lineage })).toEqual({
          ok: true,
        });
        expect(await storage.loadLineage('r')).toEqual({ root: 'quill', rev: 0, state: null });
        expect(await storage.loadLineage('s')).toBeNull();
      });

      it('[P6] keeps its root, whatever it is called', async () => {
        for (const [index, root] of ['', 'a\0b', 'é漢😀', 'o\'"'].entries()) {
          const room = `room-${index}`;
          await storage.createRoom(someRoom(room));
          await storage.append(room, { entries: someYjsEntries(1, 1), settled: [], lineage: { root } });
          expect((await storage.loadLineage(room))?.root).toBe(root);
        }
      });

      it('[P12] gives the bytes of entries back, byte for byte, and none to those that had none', async () => {
        const pool = Buffer.from('what lies around it');
        const odd = [new Uint8Array(), new Uint8Array(70_000).fill(7), pool.subarray(5, 9)];
        const entries = [
          ...someEntries(1, 2),
          ...someYjsEntries(3, 4),
          ...someEntries(5, 7).map((entry, index) => ({ ...entry, yjs: odd[index] ?? new Uint8Array() })),
          ...someEntries(8, 8),
        ];
        await storage.append('r', { entries, settled: [], lineage });
        const expected = entries.map((entry) => (entry.yjs ? { ...entry, yjs: new Uint8Array(entry.yjs) } : entry));
        // Strictly: an ordinary entry has no such field.
        expect(await storage.entries('r', 1, 9, 99)).toStrictEqual(expected);
        expect((await storage.loadRoom('r'))?.entries).toStrictEqual(expected);
        expect(await storage.entries('r', 4, 9, 3)).toStrictEqual(expected.slice(3, 6));
        await storage.saveSnapshot('r', { rev: 3, text: 'aaa' });
        expect((await storage.loadRoom('r'))?.entries).toStrictEqual(expected.slice(3));
        await append('s', someEntries(1, 4));
        expect(await storage.entries('s', 1, 9, 99)).toStrictEqual(someEntries(1, 4));
      });

      it('[P12] is recorded once: a second try is a conflict, and writes nothing', async () => {
        const second = { entries: someYjsEntries(2, 2), settled: [], lineage: { root: 'other' } };
        await storage.append('r', { entries: someYjsEntries(1, 1), settled: [], lineage });
        expect(await storage.append('r', second)).toEqual({ ok: false, rev: 1 });
        expect(await storage.append('r', { ...second, lineage })).toEqual({ ok: false, rev: 1 });
        expect(await storage.entries('r', 1, 9, 9)).toEqual(someYjsEntries(1, 1));
        expect((await storage.authors('r'))[0]?.last).toEqual({ seq: 1, rev: 1 });
        expect((await storage.loadLineage('r'))?.root).toBe('quill');
        expect(await append('r', second.entries)).toEqual({ ok: true });
      });

      it('[P12] lets exactly one of two racing records win', async () => {
        await storage.openAuthor('s', someAuthor('second'));
        const record = (author: number, rev: number): Promise<{ ok: boolean }> => {
          const entries = someYjsEntries(rev, rev, author);
          return storage.append('s', { entries, settled: [], lineage: { root: `of ${author} at ${rev}` } });
        };
        const results = await Promise.all([record(2, 1), record(1, 1), record(1, 2), record(2, 2)]);
        expect(results).toEqual([{ ok: true }, ...Array<unknown>(3).fill({ ok: false, rev: 1 })]);
        expect((await storage.loadLineage('s'))?.root).toBe('of 2 at 1');
        expect(await storage.entries('s', 1, 9, 9)).toEqual(someYjsEntries(1, 1, 2));
      });

      it('[P2] [P12] is recorded together with its entries, their bytes and what is settled, or none of them is', async () => {
        const entries = someYjsEntries(1, 2);
        const stranger = [...entries, ...someYjsEntries(3, 3, 77)];
        await expect(storage.append('r', { entries: stranger, settled: [], lineage })).rejects.toMatchObject(refused);
        const hole = [...entries, ...someYjsEntries(4, 4)];
        await expect(storage.append('r', { entries: hole, settled: [], lineage })).rejects.toMatchObject(refused);
        await storage.append('r', { entries: [], settled: [{ author: 1, seq: 1, rev: 0 }] });
        expect(await storage.append('r', { entries, settled: [], lineage })).toEqual({ ok: false, rev: 0 });
        expect(await storage.loadLineage('r')).toBeNull();
        expect(await storage.entries('r', 1, 9, 9)).toEqual([]);
        // Nothing of the bytes is left either, or these would be in their way.
        const fresh = someYjsEntries(1, 1).map((entry) => ({ ...entry, seq: 2 }));
        const settled = [{ author: 1, seq: 3, rev: 1 }];
        expect(await storage.append('r', { entries: fresh, settled, lineage })).toEqual({ ok: true });
        expect(await storage.entries('r', 1, 9, 9)).toEqual(fresh);
        expect((await storage.authors('r'))[0]?.last).toEqual({ seq: 3, rev: 1 });
      });

      it('[P12] refuses bytes without a lineage, and a lineage without bytes', async () => {
        await expect(append('r', someYjsEntries(1, 1))).rejects.toMatchObject(refused);
        for (const entries of [[], someEntries(1, 2)]) {
          await expect(storage.append('r', { entries, settled: [], lineage })).rejects.toMatchObject(refused);
        }
        const nobody = storage.append('none', { entries: someYjsEntries(1, 1), settled: [], lineage });
        await expect(nobody).rejects.toMatchObject(refused);
        expect(await storage.loadLineage('r')).toBeNull();
        expect(await storage.entries('r', 1, 9, 9)).toEqual([]);

        await storage.append('r', { entries: someYjsEntries(1, 1), settled: [], lineage });
        await expect(storage.append('r', { entries: someEntries(2, 2), settled: [], lineage })).rejects.toMatchObject(
          refused,
        );
        expect(await append('r', [...someEntries(2, 2), ...someYjsEntries(3, 3)])).toEqual({ ok: true });
      });

      it('takes an identity with bytes, and refuses one without', async () => {
        const [entry] = someYjsEntries(1, 1);
        const still = { rev: 1, author: 1, seq: 1, at: 1, op: [] };
        await expect(append('r', [still])).rejects.toMatchObject(refused);
        const moving = { ...still, yjs: entry?.yjs ?? new Uint8Array() };
        expect(await storage.append('r', { entries: [moving], settled: [], lineage })).toEqual({ ok: true });
        await expect(append('r', [{ ...still, rev: 2, seq: 2 }])).rejects.toMatchObject(refused);
        expect(await storage.entries('r', 1, 9, 9)).toEqual([moving]);
      });

      it('[P12] keeps the newest state, and ignores an older one', async () => {
        await storage.append('r', { entries: someYjsEntries(1, 9), settled: [], lineage });
        await storage.saveLineage('r', { rev: 5, state: someBytes(5) });
        expect(await storage.loadLineage('r')).toEqual({ root: 'quill', rev: 5, state: someBytes(5) });
        await storage.saveLineage('r', { rev: 4, state: someBytes(4) });
        expect(await storage.loadLineage('r')).toEqual({ root: 'quill', rev: 5, state: someBytes(5) });
        await storage.saveLineage('r', { rev: 5, state: someBytes(55) });
        expect((await storage.loadLineage('r'))?.state).toEqual(someBytes(55));
        const long = new Uint8Array(3_000_000).fill(9);
        await Promise.all([9, 7, 8].map((rev) => storage.saveLineage('r', { rev, state: long.subarray(rev) })));
        const newest = await storage.loadLineage('r');
        expect(newest?.rev).toBe(9);
        expect(newest?.state?.length).toBe(2_999_991);
      });

      it('[P12] never saves a state beyond the log, nor of a lineage that is not there', async () => {
        const state = someBytes(1);
        await append('s', someEntries(1, 1));
        await storage.append('r', { entries: someYjsEntries(1, 1), settled: [], lineage });
        await expect(storage.saveLineage('r', { rev: 2, state })).rejects.toMatchObject(refused);
        await expect(storage.saveLineage('s', { rev: 1, state })).rejects.toMatchObject(refused);
        await expect(storage.saveLineage('none', { rev: 0, state })).rejects.toMatchObject(refused);
        expect(await storage.loadLineage('r')).toEqual({ root: 'quill', rev: 0, state: null });
        expect(await storage.loadLineage('s')).toBeNull();
      });

      it('gives copies of bytes, and takes copies', async () => {
        const yjs = someBytes(1);
        const state = someBytes(2);
        const entries = someEntries(1, 1).map((entry) => ({ ...entry, yjs }));
        const writing = [
          storage.append('r', { entries, settled: [], lineage }),
          storage.saveLineage('r', { rev: 1, state }),
        ];
        yjs.fill(0);
        state.fill(0);
        await Promise.all(writing);
        const bytes = async (): Promise<(Uint8Array | null | undefined)[]> => [
          (await storage.entries('r', 1, 1, 1))[0]?.yjs,
          (await storage.loadRoom('r'))?.entries[0]?.yjs,
          (await storage.loadLineage('r'))?.state,
        ];
        for (const read of await bytes()) read?.fill(0);
        expect(await bytes()).toEqual([someBytes(1), someBytes(1), someBytes(2)]);
      });
    });

    describe('authors', () => {
      beforeEach(async () => void (await storage.createRoom(someRoom('r'))));

      it('gives each client of a room its own number, for ever', async () => {
        const numbers = async (clients: string[]): Promise<number[]> => {
          const opened = await Promise.all(clients.map((client) => storage.openAuthor('r', someAuthor(client))));
          return opened.map(({ author }) => author);
        };
        const made = await numbers(['a', 'b', 'c']);
        expect(made.toSorted((a, b) => a - b)).toEqual([2, 3, 4]);
        expect(await numbers(['first', 'a', 'b', 'c'])).toEqual([1, ...made]);
        expect((await storage.authors('r')).map(({ author }) => author)).toEqual([1, 2, 3, 4]);
      });

      it('goes on after the numbers that the room gave', async () => {
        const authors = [4, 9].map((author) => ({ ...someAuthor(`c${author}`), author }));
        await storage.createRoom(someRoom('other', { authors }));
        expect((await storage.openAuthor('other', someAuthor('c9'))).author).toBe(9);
        expect((await storage.openAuthor('other', someAuthor('new'))).author).toBe(10);
      });

      it('updates name, colour and person when they are given', async () => {
        await storage.openAuthor('r', someAuthor('first', { name: 'Ada', color: 7, person: 'p2', kind: 'api' }));
        const kept = await storage.openAuthor('r', someAuthor('first', { name: '', color: 0, person: '' }));
        expect(kept).toEqual({
          author: 1,
          client: 'first',
          name: 'Ada',
          color: 7,
          person: 'p2',
          kind: 'ot',
          last: null,
        });
        await storage.renameAuthor('r', 1, 'Bob', 2);
        expect(await storage.authors('r')).toEqual([{ ...kept, name: 'Bob', color: 2 }]);
      });

      it('refuses who or what is not there', async () => {
        const refused = { name: 'StorageRefused' };
        await expect(storage.openAuthor('none', someAuthor('a'))).rejects.toMatchObject(refused);
        await expect(storage.renameAuthor('r', 2, 'x', 1)).rejects.toMatchObject(refused);
        await expect(storage.renameAuthor('none', 1, 'x', 1)).rejects.toMatchObject(refused);
      });
    });

    describe('its life', () => {
      it('gives copies: what the caller changes later is not in it', async () => {
        const room = someRoom('r');
        await storage.createRoom(room);
        const op = ['a'];
        const entries = [{ rev: 1, author: 1, seq: 1, at: 1, op }];
        const appending = append('r', entries);
        op[0] = 'changed';
        await appending;
        const read = await storage.entries('r', 1, 1, 1);
        read.length = 0;
        expect((await storage.entries('r', 1, 1, 1))[0]?.op).toEqual(['a']);
      });

      it('answers what was asked before close, and rejects what comes after', async () => {
        await storage.createRoom(someRoom('r'));
        const last = append('r', someEntries(1, 1));
        const closing = storage.close();
        const unavailable = { name: 'StorageUnavailable' };
        await expect(append('r', someEntries(2, 2))).rejects.toMatchObject(unavailable);
        await expect(storage.findLink('r-edit')).rejects.toMatchObject(unavailable);
        await expect(storage.probe()).rejects.toMatchObject(unavailable);
        expect(await last).toEqual({ ok: true });
        await closing;
        await storage.close();
      });

      it('can say that it can write', async () => {
        await expect(storage.probe()).resolves.toBeUndefined();
        await expect(storage.probe()).resolves.toBeUndefined();
      });

      if (!keeps) return;
      it('[P2] gives everything back after it was closed and opened again', async () => {
        const { reopen } = opened;
        if (!reopen) throw new Error('An engine that keeps things can be opened again.');
        await storage.createRoom(someRoom('r'));
        await append('r', someEntries(1, 30));
        await storage.saveSnapshot('r', { rev: 20, text: 'twenty' });
        await storage.append('r', { entries: [], settled: [{ author: 1, seq: 40, rev: 30 }] });
        await storage.setRoom('r', { title: 'Kept', file: { bom: false, lineEnd: '\r' } });
        await storage.openAuthor('r', someAuthor('second'));
        const picture = async (): Promise<unknown[]> =>
          Promise.all([
            storage.loadRoom('r'),
            storage.links('r'),
            storage.authors('r'),
            storage.entries('r', 1, 99, 99),
          ]);
        const before = await picture();
        storage = await reopen();
        expect(await picture()).toEqual(before);
        expect(await append('r', someEntries(30, 30))).toEqual({ ok: false, rev: 30 });
        expect(await append('r', [{ rev: 31, author: 1, seq: 40, at: 1, op: ['x'] }])).toEqual({ ok: false, rev: 30 });
        expect(await storage.createRoom(someRoom('r'))).toBe('taken');
      });

      it('[P2] [P12] gives a lineage back after it was closed and opened again', async () => {
        const { reopen } = opened;
        if (!reopen) throw new Error('An engine that keeps things can be opened again.');
        const lineage = { root: 'quill' };
        const picture = async (): Promise<unknown[]> =>
          Promise.all([storage.loadLineage('r'), storage.loadRoom('r'), storage.entries('r', 1, 99, 99)]);
        await storage.createRoom(someRoom('r'));
        await append('r', someEntries(1, 3));
        await storage.append('r', { entries: someYjsEntries(4, 6), settled: [], lineage });
        const unsaved = await picture();
        storage = await reopen();
        expect(await picture()).toStrictEqual(unsaved);

        await storage.saveLineage('r', { rev: 5, state: someBytes(5) });
        await append('r', [...someEntries(7, 7), ...someYjsEntries(8, 8)]);
        const saved = await picture();
        storage = await reopen();
        expect(await picture()).toStrictEqual(saved);
        expect(await storage.loadLineage('r')).toEqual({ root: 'quill', rev: 5, state: someBytes(5) });
        const again = { entries: someYjsEntries(9, 9), settled: [], lineage };
        expect(await storage.append('r', again)).toEqual({ ok: false, rev: 8 });
        await storage.saveLineage('r', { rev: 4, state: someBytes(4) });
        expect((await storage.loadLineage('r'))?.rev).toBe(5);
      });
    });
  });
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

import { beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../storage.ts';
import { range, someAuthor, someEntries, someRoom } from './samples.ts';
import type { Stage } from './stage.ts';

export function describeLog(stage: Stage): void {
  describe('the log', () => {
    const { append } = stage;
    let storage: Storage;
    beforeEach(() => void (storage = stage.storage));

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

    it('tells who made entries and when, by the same pages', async () => {
      const second = await storage.openAuthor('r', someAuthor('second'));
      await append('r', [...someEntries(1, 3), ...someEntries(4, 4, second.author), ...someEntries(5, 305)]);
      for (const [from, to, limit] of [
        [1, 305, 100],
        [-5, 7, 99],
        [4, 4, 9],
        [301, 999, 100],
        [9, 7, 9],
        [1, 9, 0],
      ] as const) {
        const entries = await storage.entries('r', from, to, limit);
        expect(await storage.marks('r', from, to, limit)).toEqual({
          authors: Uint32Array.from(entries, ({ author }) => author),
          times: Float64Array.from(entries, ({ at }) => at),
        });
      }
      expect((await storage.marks('r', 3, 5, 9)).authors).toEqual(Uint32Array.of(1, second.author, 1));
      expect((await storage.marks('none', 1, 9, 9)).times).toHaveLength(0);
    });

    it('[P2] takes appends of 100 rooms at once, each room in order', async () => {
      const ids = range(1, 100).map((number) => `room-${number}`);
      await Promise.all(ids.map((id) => storage.createRoom(someRoom(id))));
      await Promise.all(
        ids.map(async (id) => {
          for (let rev = 1; rev <= 10; rev += 1) expect(await append(id, someEntries(rev, rev))).toEqual({ ok: true });
        }),
      );
      for (const id of ids) expect(await storage.entries(id, 1, 99, 99)).toEqual(someEntries(1, 10));
    });
  });
}

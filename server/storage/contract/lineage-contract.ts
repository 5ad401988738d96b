import { beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../storage.ts';
import { someAuthor, someBytes, someEntries, someRoom, someYjsEntries } from './samples.ts';
import type { Stage } from './stage.ts';

export function describeLineage(stage: Stage): void {
  describe('the lineage', () => {
    const { append } = stage;
    let storage: Storage;
    beforeEach(() => void (storage = stage.storage));

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
}

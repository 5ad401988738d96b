import { beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../storage.ts';
import { someAnchor, someChat } from './note-samples.ts';
import { range, someEntries, someRoom } from './samples.ts';
import type { Stage } from './stage.ts';

/** More than any of these rooms has. */
const ALL = 1_000;

export function describeChat(stage: Stage): void {
  describe('chat', () => {
    let storage: Storage;

    beforeEach(async () => {
      storage = stage.storage;
      for (const room of ['r', 's']) {
        await storage.createRoom(someRoom(room));
        await stage.append(room, someEntries(1, 3));
      }
    });

    const numbers = async (room: string): Promise<number[]> =>
      (await storage.chat(room, { limit: ALL })).map(({ n }) => n);

    it('gives messages back as they were said, numbered in their order', async () => {
      const said = [someChat('a'), someChat('b', { quote: someAnchor(3) }), someChat('c', { text: '\0"\\\n😀' })];
      const stored = await Promise.all(said.map((message) => storage.addChat('r', message, ALL)));
      expect(stored).toEqual(said.map((message, index) => ({ ...message, n: index + 1 })));
      expect(await storage.chat('r', { limit: ALL })).toEqual(stored);
      expect(await storage.noteHeads('r')).toEqual({ chat: 3, threads: 0 });
      expect(await storage.chat('s', { limit: ALL })).toEqual([]);
      expect((await storage.addChat('s', someChat('a'), ALL)).n).toBe(1);
    });

    it('[P3] answers an id that is known with what is stored', async () => {
      const first = await storage.addChat('r', someChat('a', { quote: someAnchor(2) }), ALL);
      await storage.addChat('r', someChat('b'), ALL);
      expect(await storage.addChat('r', someChat('a', { author: 2, text: 'other' }), ALL)).toEqual(first);
      const both = await Promise.all([1, 2].map(() => storage.addChat('r', someChat('c'), ALL)));
      expect(both.map(({ n }) => n)).toEqual([3, 3]);
      expect(await numbers('r')).toEqual([1, 2, 3]);
    });

    it('gives pages, before and after a number', async () => {
      for (const n of range(1, 9)) await storage.addChat('r', someChat(`m${n}`), ALL);
      const page = async (asked: Parameters<Storage['chat']>[1]): Promise<number[]> =>
        (await storage.chat('r', asked)).map(({ n }) => n);
      expect(await page({ limit: 3 })).toEqual([7, 8, 9]);
      expect(await page({ before: 7, limit: 3 })).toEqual([4, 5, 6]);
      expect(await page({ before: 2, limit: 3 })).toEqual([1]);
      expect(await page({ before: 1, limit: 3 })).toEqual([]);
      expect(await page({ after: 0, limit: 2 })).toEqual([1, 2]);
      expect(await page({ after: 7, limit: 5 })).toEqual([8, 9]);
      expect(await page({ after: 9, limit: 5 })).toEqual([]);
      expect(await page({ limit: 0 })).toEqual([]);
    });

    it('keeps the newest', async () => {
      for (const n of range(1, 6)) await storage.addChat('r', someChat(`m${n}`, { quote: someAnchor(1) }), 4);
      expect(await numbers('r')).toEqual([3, 4, 5, 6]);
      expect((await storage.noteHeads('r')).chat).toBe(6);
      // Whoever comes back with one that is gone says it anew.
      expect((await storage.addChat('r', someChat('m1', { quote: someAnchor(2) }), 4)).n).toBe(7);
      expect((await storage.chat('r', { limit: 1 }))[0]?.quote).toEqual(someAnchor(2));
    });

    it('takes the numbers that a copy brings', async () => {
      await storage.addChat('r', someChat('a', { n: 501 }), ALL);
      await storage.addChat('r', someChat('b', { n: 502 }), ALL);
      expect((await storage.addChat('r', someChat('c'), ALL)).n).toBe(503);
      expect(await numbers('r')).toEqual([501, 502, 503]);
    });

    it('moves quotes on, and never back', async () => {
      await storage.addChat('r', someChat('a', { quote: someAnchor(1) }), ALL);
      await storage.addChat('r', someChat('b'), ALL);
      const save = (id: string, anchor = someAnchor(2, { from: 5, to: 9, text: 'later' })): Promise<void> =>
        storage.saveAnchors('r', [{ of: 'chat', id, anchor }]);
      const quotes = async (): Promise<unknown[]> =>
        (await storage.chat('r', { limit: ALL })).map(({ quote }) => quote);
      await Promise.all(['a', 'b', 'none'].map((id) => save(id)));
      expect(await quotes()).toEqual([someAnchor(2, { from: 5, to: 9, text: 'later' }), null]);
      await save('a', someAnchor(1));
      expect(await quotes()).toEqual([someAnchor(2, { from: 5, to: 9, text: 'later' }), null]);
      const gone = someAnchor(3, { from: 4, to: 4, gone: { author: 2, name: 'Bob' } });
      await save('a', gone);
      expect(await quotes()).toEqual([gone, null]);
      await storage.saveAnchors('r', []);
    });

    it('refuses what is beyond the log, and an unknown room', async () => {
      const refused = [
        storage.addChat('r', someChat('a', { quote: someAnchor(4) }), ALL),
        storage.saveAnchors('r', [{ of: 'chat', id: 'a', anchor: someAnchor(4) }]),
        storage.addChat('none', someChat('a'), ALL),
        storage.saveAnchors('none', []),
      ];
      for (const result of await Promise.allSettled(refused)) {
        expect(result).toMatchObject({ status: 'rejected', reason: { name: 'StorageRefused' } });
      }
      expect(await numbers('r')).toEqual([]);
      expect(await storage.noteHeads('none')).toEqual({ chat: 0, threads: 0 });
      expect(await storage.chat('none', { limit: 1 })).toEqual([]);
    });
  });
}

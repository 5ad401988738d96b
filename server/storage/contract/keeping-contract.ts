import { beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../storage.ts';
import { someAnchor, someChat, someComment } from './note-samples.ts';
import { newLink, someAuthor, someBytes, someEntries, someRoom, someYjsEntries } from './samples.ts';
import type { Stage } from './stage.ts';

export function describeKeeping(stage: Stage): void {
  describe('what it keeps', () => {
    const { append } = stage;
    let storage: Storage;
    beforeEach(() => void (storage = stage.storage));

    it('[P2] gives everything back after it was closed and opened again', async () => {
      await storage.createRoom(someRoom('r'));
      await append('r', someEntries(1, 30));
      await storage.saveSnapshot('r', { rev: 20, text: 'twenty' });
      await storage.append('r', { entries: [], settled: [{ author: 1, seq: 40, rev: 30 }] });
      await storage.setRoom('r', { title: 'Kept', file: { bom: false, lineEnd: '\r' } });
      await storage.openAuthor('r', someAuthor('second', { link: 4 }));
      await storage.makeLink('r', newLink('r-new', { name: 'Kept', expiresAt: 7, passwordHash: 'hash' }));
      await storage.rotateLink('r', 4, 'r-newer', 8);
      await storage.changeLink('r', 2, { revokedAt: 9 });
      await storage.bar('r', 'guest', 10);
      await storage.addChat('r', someChat('m', { quote: someAnchor(2) }), 99);
      await storage.changeThread('r', 't', { kind: 'open', anchor: someAnchor(1), comment: someComment('c') });
      await storage.addVersion('r', { rev: 2, name: 'Draft', author: 1, at: 1 });
      const picture = async (): Promise<unknown[]> =>
        Promise.all([
          storage.loadRoom('r'),
          storage.links('r'),
          storage.findLink('r-new'),
          storage.isBarred('r', ['guest']),
          storage.authors('r'),
          storage.entries('r', 1, 99, 99),
          storage.chat('r', { limit: 9 }),
          storage.threads('r'),
          storage.versions('r'),
          storage.noteHeads('r'),
        ]);
      const before = await picture();
      storage = await stage.reopen();
      expect(await picture()).toEqual(before);
      expect(await append('r', someEntries(30, 30))).toEqual({ ok: false, rev: 30 });
      expect(await append('r', [{ rev: 31, author: 1, seq: 40, at: 1, op: ['x'] }])).toEqual({ ok: false, rev: 30 });
      expect(await storage.createRoom(someRoom('r'))).toBe('taken');
    });

    it('[P2] [P12] gives a lineage back after it was closed and opened again', async () => {
      const lineage = { root: 'quill' };
      const picture = async (): Promise<unknown[]> =>
        Promise.all([storage.loadLineage('r'), storage.loadRoom('r'), storage.entries('r', 1, 99, 99)]);
      await storage.createRoom(someRoom('r'));
      await append('r', someEntries(1, 3));
      await storage.append('r', { entries: someYjsEntries(4, 6), settled: [], lineage });
      const unsaved = await picture();
      storage = await stage.reopen();
      expect(await picture()).toStrictEqual(unsaved);

      await storage.saveLineage('r', { rev: 5, state: someBytes(5) });
      await append('r', [...someEntries(7, 7), ...someYjsEntries(8, 8)]);
      const saved = await picture();
      storage = await stage.reopen();
      expect(await picture()).toStrictEqual(saved);
      expect(await storage.loadLineage('r')).toEqual({ root: 'quill', rev: 5, state: someBytes(5) });
      const again = { entries: someYjsEntries(9, 9), settled: [], lineage };
      expect(await storage.append('r', again)).toEqual({ ok: false, rev: 8 });
      await storage.saveLineage('r', { rev: 4, state: someBytes(4) });
      expect((await storage.loadLineage('r'))?.rev).toBe(5);
    });
  });
}

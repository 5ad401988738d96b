import { beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../storage.ts';
import { someEntries, someRoom } from './samples.ts';
import type { Stage } from './stage.ts';

export function describeVersions(stage: Stage): void {
  describe('versions with a name', () => {
    let storage: Storage;

    beforeEach(async () => {
      storage = stage.storage;
      for (const room of ['r', 's']) {
        await storage.createRoom(someRoom(room));
        await stage.append(room, someEntries(1, 3));
      }
    });

    it('are listed by their revisions', async () => {
      for (const rev of [3, 0, 2]) {
        expect(await storage.addVersion('r', { rev, name: `Draft ${rev} 😀`, author: 1, at: 70 + rev })).toBe('made');
      }
      expect(await storage.versions('r')).toEqual(
        [0, 2, 3].map((rev) => ({ rev, name: `Draft ${rev} 😀`, author: 1, at: 70 + rev })),
      );
      expect(await storage.versions('s')).toEqual([]);
    });

    it('have one name for each revision, which can change and go', async () => {
      const version = { rev: 2, name: 'First', author: 1, at: 7 };
      await storage.addVersion('r', version);
      expect(await storage.addVersion('r', { ...version, name: 'Second', author: 2, at: 8 })).toBe('taken');
      expect(await storage.versions('r')).toEqual([version]);
      expect(await storage.renameVersion('r', 2, 'Oth\0er')).toBe(true);
      expect(await storage.renameVersion('r', 3, 'Other')).toBe(false);
      expect(await storage.versions('r')).toEqual([{ ...version, name: 'Other' }]);
      expect(await storage.deleteVersion('r', 2)).toBe(true);
      expect(await storage.deleteVersion('r', 2)).toBe(false);
      expect(await storage.versions('r')).toEqual([]);
    });

    it('are refused beyond the log, and in an unknown room', async () => {
      const version = { rev: 4, name: 'First', author: 1, at: 7 };
      const refused = [
        storage.addVersion('r', version),
        storage.addVersion('none', { ...version, rev: 0 }),
        storage.renameVersion('none', 0, 'x'),
        storage.deleteVersion('none', 0),
      ];
      for (const result of await Promise.allSettled(refused)) {
        expect(result).toMatchObject({ status: 'rejected', reason: { name: 'StorageRefused' } });
      }
      expect(await storage.versions('none')).toEqual([]);
    });
  });
}

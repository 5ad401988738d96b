import { beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../storage.ts';
import { someEntries, someRoom } from './samples.ts';
import type { Stage } from './stage.ts';

export function describeSnapshots(stage: Stage): void {
  describe('snapshots', () => {
    const { append } = stage;
    let storage: Storage;
    beforeEach(() => void (storage = stage.storage));

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
}

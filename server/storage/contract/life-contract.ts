import { beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../storage.ts';
import { someEntries, someRoom } from './samples.ts';
import type { Stage } from './stage.ts';

export function describeLife(stage: Stage): void {
  describe('its life', () => {
    const { append } = stage;
    let storage: Storage;
    beforeEach(() => void (storage = stage.storage));

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

    it('says at once that everything is erased where nothing was deleted', async () => {
      await expect(storage.erased()).resolves.toBeUndefined();
    });

    it('can say that it can write', async () => {
      await expect(storage.probe()).resolves.toBeUndefined();
      await expect(storage.probe()).resolves.toBeUndefined();
    });
  });
}

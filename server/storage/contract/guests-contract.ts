import { beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../storage.ts';
import { someRoom } from './samples.ts';
import type { Stage } from './stage.ts';

export function describeGuests(stage: Stage): void {
  describe('guests that were removed', () => {
    let storage: Storage;

    beforeEach(async () => {
      storage = stage.storage;
      await storage.createRoom(someRoom('r'));
      await storage.createRoom(someRoom('s'));
    });

    it('stay out of that room alone, by any of their names', async () => {
      await storage.bar('r', 'user:zoë', 1);
      await storage.bar('r', 'user:zoë', 2);
      await storage.bar('r', 'cookie', 3);
      expect(await storage.isBarred('r', ['user:zoë'])).toBe(true);
      expect(await storage.isBarred('r', ['somebody', 'cookie'])).toBe(true);
      expect(await storage.isBarred('r', ['somebody', 'user:zo', 'COOKIE'])).toBe(false);
      expect(await storage.isBarred('r', [])).toBe(false);
      expect(await storage.isBarred('s', ['user:zoë', 'cookie'])).toBe(false);
      expect(await storage.isBarred('none', ['cookie'])).toBe(false);
      await expect(storage.bar('none', 'cookie', 1)).rejects.toMatchObject({ name: 'StorageRefused' });
    });

    it('are not got past by U+0000', async () => {
      await storage.bar('r', 'person:a\0b', 1);
      expect(await storage.isBarred('r', ['person:a\0b'])).toBe(true);
      expect(await storage.isBarred('r', ['person:a'])).toBe(false);
    });
  });
}

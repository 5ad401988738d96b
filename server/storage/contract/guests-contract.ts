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

    it('are known at the door, with the link that they come by', async () => {
      await storage.bar('r', 'cookie', 1);
      const link = await storage.findLink('r-edit');
      expect(link).toMatchObject({ room: 'r' });
      expect(await storage.findDoor('r-edit', ['somebody', 'cookie'])).toEqual({ link, isBarred: true });
      expect(await storage.findDoor('r-edit', ['somebody'])).toEqual({ link, isBarred: false });
      expect(await storage.findDoor('s-edit', ['cookie'])).toMatchObject({ link: { room: 's' }, isBarred: false });
      await storage.rotateLink('r', 2, 'r-newer', 9);
      expect(await storage.findDoor('r-edit', ['cookie'])).toMatchObject({ link: { revokedAt: 9 }, isBarred: true });
      expect(await storage.findDoor('none', ['cookie'])).toBeNull();
    });

    it('are told to whoever copies the room, with the tokens that were rotated away', async () => {
      expect(await storage.shutOut('r')).toEqual({ tokens: [], guests: [] });
      await storage.bar('r', 'user:zoë', 5);
      await storage.bar('r', 'user:zoë', 6);
      await storage.bar('r', 'cookie', 7);
      await storage.rotateLink('r', 3, 'r-first', 9);
      await storage.rotateLink('r', 2, 'r-second', 8);
      await storage.rotateLink('r', 3, 'r-third', 10);
      expect(await storage.shutOut('r')).toEqual({
        tokens: [
          { token: 'r-edit', number: 2, at: 8 },
          { token: 'r-view', number: 3, at: 9 },
          { token: 'r-first', number: 3, at: 10 },
        ],
        guests: [
          { guest: 'cookie', at: 7 },
          { guest: 'user:zoë', at: 5 },
        ],
      });
      expect(await storage.shutOut('s')).toEqual({ tokens: [], guests: [] });
      await storage.deleteRoom('r');
      expect(await storage.shutOut('r')).toEqual({ tokens: [], guests: [] });
    });

    it('are not got past by U+0000', async () => {
      await storage.bar('r', 'person:a\0b', 1);
      expect(await storage.isBarred('r', ['person:a\0b'])).toBe(true);
      expect(await storage.isBarred('r', ['person:a'])).toBe(false);
    });
  });
}

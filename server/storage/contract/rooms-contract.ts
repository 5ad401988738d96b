import { beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../storage.ts';
import { someAuthor, someLink, someRoom } from './samples.ts';
import type { Stage } from './stage.ts';

export function describeRooms(stage: Stage): void {
  describe('rooms and links', () => {
    let storage: Storage;
    beforeEach(() => void (storage = stage.storage));

    it('gives a new room back as it was made', async () => {
      expect(await storage.createRoom(someRoom('r', { title: 'Zoë 😀' }))).toBe('created');
      expect(await storage.loadRoom('r')).toEqual({
        id: 'r',
        epoch: 'epoch-r',
        title: 'Zoë 😀',
        language: 'markdown',
        createdAt: 1_700_000_000_123,
        file: null,
        locked: false,
        snapshot: null,
        entries: [],
      });
      expect(await storage.authors('r')).toEqual([{ ...someAuthor('first'), author: 1, last: null }]);
    });

    it('[P10] finds a room by each link, with that link’s role, and by nothing else', async () => {
      await storage.createRoom(someRoom('r'));
      expect(await storage.findLink('r-owner')).toEqual(someLink('r-owner', 'r', 1, { role: 'owner' }));
      expect(await storage.findLink('r-view')).toEqual(someLink('r-view', 'r', 3, { role: 'view' }));
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
      expect(await storage.loadRoom('r')).toMatchObject({ title: 'New', file: null, locked: false });
      await storage.setRoom('r', { locked: true });
      expect(await storage.loadRoom('r')).toMatchObject({ title: 'New', language: 'css', locked: true });
      await storage.setRoom('r', { locked: false });
      expect((await storage.loadRoom('r'))?.locked).toBe(false);
      await expect(storage.setRoom('none', { title: 'x' })).rejects.toMatchObject({ name: 'StorageRefused' });
    });

    it('drops U+0000 from labels', async () => {
      await storage.createRoom(someRoom('r', { title: 'a\0b' }));
      expect((await storage.loadRoom('r'))?.title).toBe('ab');
      expect((await storage.openAuthor('r', someAuthor('z', { name: '\0Zoë', person: 'p\0' }))).name).toBe('Zoë');
    });
  });
}

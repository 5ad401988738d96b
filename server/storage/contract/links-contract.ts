import { beforeEach, describe, expect, it } from 'vitest';
import type { Link, Storage } from '../storage.ts';
import { newLink, someAuthor, someLink, someRoom } from './samples.ts';
import type { Stage } from './stage.ts';

export function describeLinks(stage: Stage): void {
  describe('links', () => {
    const refused = { name: 'StorageRefused' };
    let storage: Storage;

    beforeEach(async () => {
      storage = stage.storage;
      await storage.createRoom(someRoom('r'));
      await storage.createRoom(someRoom('s'));
    });

    const fourth = async (): Promise<Link | undefined> => (await storage.links('r'))[3];

    it('are numbered in their room, and a new one is as it was given', async () => {
      const given = { role: 'view', name: 'Class 4b\0', createdAt: 5, expiresAt: 6, passwordHash: 'scrypt:x' } as const;
      expect(await storage.makeLink('r', newLink('r-4', given))).toEqual({ number: 4 });
      expect(await storage.makeLink('r', newLink('r-5'))).toEqual({ number: 5 });
      expect(await storage.makeLink('s', newLink('s-4'))).toEqual({ number: 4 });
      const made = someLink('r-4', 'r', 4, { ...given, name: 'Class 4b' });
      expect(await storage.findLink('r-4')).toEqual(made);
      expect(await storage.links('r')).toEqual([
        { ...someLink('r-owner', 'r', 1, { role: 'owner' }), uses: 1 },
        { ...someLink('r-edit', 'r', 2), uses: 0 },
        { ...someLink('r-view', 'r', 3, { role: 'view' }), uses: 0 },
        { ...made, uses: 0 },
        { ...someLink('r-5', 'r', 5), uses: 0 },
      ]);
    });

    it('are made once, though the answer may be lost', async () => {
      const link = newLink('r-4', { name: 'one' });
      const made = await Promise.all([storage.makeLink('r', link), storage.makeLink('r', link)]);
      expect(made).toEqual([{ number: 4 }, { number: 4 }]);
      await storage.changeLink('r', 4, { name: 'renamed meanwhile' });
      expect(await storage.makeLink('r', link)).toEqual({ number: 4 });
      expect(await storage.links('r')).toHaveLength(4);
      expect((await fourth())?.name).toBe('renamed meanwhile');
    });

    it('never share a token, in any room, not even with one that was retired', async () => {
      expect(await storage.makeLink('r', newLink('s-edit'))).toBe('taken');
      expect(await storage.makeLink('r', newLink('r-edit', { role: 'view' }))).toBe('taken');
      expect(await storage.makeLink('r', newLink('r-edit', { createdAt: 1 }))).toBe('taken');
      await storage.rotateLink('s', 2, 's-newer', 1);
      expect(await storage.makeLink('r', newLink('s-edit'))).toBe('taken');
      expect(await storage.makeLink('s', newLink('s-edit'))).toBe('taken');
      expect(await storage.createRoom(someRoom('t', { links: [{ token: 's-edit', role: 'edit' }] }))).toBe('taken');
      expect(await storage.rotateLink('r', 2, 's-edit', 1)).toBe('taken');
      expect(await storage.rotateLink('r', 2, 's-view', 1)).toBe('taken');
      expect(await storage.links('r')).toHaveLength(3);
      expect(await storage.loadRoom('t')).toBeNull();
      expect((await storage.findLink('r-edit'))?.revokedAt).toBeNull();
    });

    it('change as they are told, and keep the rest', async () => {
      await storage.makeLink('r', newLink('r-4', { name: 'one' }));
      await storage.changeLink('r', 4, { expiresAt: 9 });
      await storage.changeLink('r', 4, { passwordHash: 'hash' });
      await storage.changeLink('r', 4, {});
      const changed = { ...someLink('r-4', 'r', 4, { name: 'one', expiresAt: 9, passwordHash: 'hash' }), uses: 0 };
      expect(await fourth()).toEqual(changed);
      await storage.changeLink('r', 4, { name: 't\0wo', expiresAt: null, passwordHash: null });
      expect(await fourth()).toEqual({ ...changed, name: 'two', expiresAt: null, passwordHash: null });
      await storage.changeLink('r', 4, { name: '' });
      expect((await fourth())?.name).toBe('');
    });

    it('[P10] are revoked once, and found all the same', async () => {
      await storage.changeLink('r', 2, { revokedAt: 50 });
      await storage.changeLink('r', 2, { revokedAt: 60, name: 'late' });
      expect(await storage.findLink('r-edit')).toEqual(someLink('r-edit', 'r', 2, { name: 'late', revokedAt: 50 }));
      expect((await storage.links('r')).map(({ revokedAt }) => revokedAt)).toEqual([null, 50, null]);
      expect((await storage.findLink('s-edit'))?.revokedAt).toBeNull();
    });

    it('[P10] get a new token that the old one does not tell', async () => {
      await storage.changeLink('r', 2, { name: 'one', expiresAt: 9, passwordHash: 'hash' });
      expect(await storage.rotateLink('r', 2, 'r-newer', 70)).toBe('rotated');
      expect(await storage.rotateLink('r', 2, 'r-newest', 80)).toBe('rotated');
      const link = someLink('r-newest', 'r', 2, { name: 'one', expiresAt: 9, passwordHash: 'hash' });
      expect(await storage.findLink('r-newest')).toEqual(link);
      expect(await storage.findLink('r-edit')).toEqual({ ...link, token: 'r-edit', revokedAt: 70 });
      expect(await storage.findLink('r-newer')).toEqual({ ...link, token: 'r-newer', revokedAt: 80 });
      expect((await storage.links('r'))[1]).toEqual({ ...link, uses: 0 });
      await storage.changeLink('r', 2, { revokedAt: 90 });
      expect((await storage.findLink('r-edit'))?.revokedAt).toBe(70);
    });

    it('are rotated once, though the answer may be lost', async () => {
      expect(await storage.rotateLink('r', 2, 'r-newer', 70)).toBe('rotated');
      expect(await storage.rotateLink('r', 2, 'r-newer', 80)).toBe('rotated');
      expect((await storage.findLink('r-newer'))?.revokedAt).toBeNull();
      expect((await storage.findLink('r-edit'))?.revokedAt).toBe(70);
      expect(await storage.rotateLink('r', 2, 'r-edit', 90)).toBe('taken');
      expect(await storage.makeLink('r', newLink('r-newer'))).toEqual({ number: 2 });
    });

    it('count those who first came by them', async () => {
      await storage.makeLink('r', newLink('r-4'));
      await storage.openAuthor('r', someAuthor('a', { link: 4 }));
      await storage.openAuthor('r', someAuthor('b', { link: 4 }));
      await storage.openAuthor('r', someAuthor('b', { link: 2 }));
      await storage.openAuthor('r', someAuthor('c', { link: 0 }));
      await storage.openAuthor('s', someAuthor('d', { link: 4 }));
      expect((await storage.links('r')).map(({ uses }) => uses)).toEqual([1, 0, 0, 2]);
      await storage.rotateLink('r', 4, 'r-newer', 1);
      expect((await storage.links('r')).map(({ uses }) => uses)).toEqual([1, 0, 0, 2]);
      expect((await storage.authors('r')).map(({ link }) => link)).toEqual([1, 4, 4, 0]);
    });

    it('are refused where there is no room or no link', async () => {
      await expect(storage.makeLink('none', newLink('x'))).rejects.toMatchObject(refused);
      for (const [room, number] of [['none', 1] as const, ['r', 4] as const, ['r', 0] as const]) {
        await expect(storage.changeLink(room, number, { name: 'x' })).rejects.toMatchObject(refused);
        await expect(storage.changeLink(room, number, {})).rejects.toMatchObject(refused);
        await expect(storage.rotateLink(room, number, 'x', 1)).rejects.toMatchObject(refused);
      }
      await storage.changeLink('r', 2, { revokedAt: 1 });
      await expect(storage.rotateLink('r', 2, 'x', 2)).rejects.toMatchObject(refused);
      expect(await storage.findLink('x')).toBeNull();
    });
  });
}

import { beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../storage.ts';
import { someAuthor, someRoom } from './samples.ts';
import type { Stage } from './stage.ts';

export function describeAuthors(stage: Stage): void {
  describe('authors', () => {
    let storage: Storage;
    beforeEach(() => void (storage = stage.storage));

    beforeEach(async () => void (await storage.createRoom(someRoom('r'))));

    it('gives each client of a room its own number, for ever', async () => {
      const numbers = async (clients: string[]): Promise<number[]> => {
        const opened = await Promise.all(clients.map((client) => storage.openAuthor('r', someAuthor(client))));
        return opened.map(({ author }) => author);
      };
      const made = await numbers(['a', 'b', 'c']);
      expect(made.toSorted((a, b) => a - b)).toEqual([2, 3, 4]);
      expect(await numbers(['first', 'a', 'b', 'c'])).toEqual([1, ...made]);
      expect((await storage.authors('r')).map(({ author }) => author)).toEqual([1, 2, 3, 4]);
    });

    it('goes on after the numbers that the room gave', async () => {
      const authors = [4, 9].map((author) => ({ ...someAuthor(`c${author}`), author }));
      await storage.createRoom(someRoom('other', { authors }));
      expect((await storage.openAuthor('other', someAuthor('c9'))).author).toBe(9);
      expect((await storage.openAuthor('other', someAuthor('new'))).author).toBe(10);
    });

    it('updates name, colour and person when they are given', async () => {
      await storage.openAuthor('r', someAuthor('first', { name: 'Ada', color: 7, person: 'p2', kind: 'api', link: 3 }));
      const kept = await storage.openAuthor('r', someAuthor('first', { name: '', color: 0, person: '' }));
      expect(kept).toEqual({
        author: 1,
        client: 'first',
        name: 'Ada',
        color: 7,
        person: 'p2',
        kind: 'ot',
        link: 1,
        last: null,
      });
      await storage.renameAuthor('r', 1, 'Bob', 2);
      expect(await storage.authors('r')).toEqual([{ ...kept, name: 'Bob', color: 2 }]);
    });

    it('refuses who or what is not there', async () => {
      const refused = { name: 'StorageRefused' };
      await expect(storage.openAuthor('none', someAuthor('a'))).rejects.toMatchObject(refused);
      await expect(storage.renameAuthor('r', 2, 'x', 1)).rejects.toMatchObject(refused);
      await expect(storage.renameAuthor('none', 1, 'x', 1)).rejects.toMatchObject(refused);
    });
  });
}

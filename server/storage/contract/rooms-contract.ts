import { beforeEach, describe, expect, it } from 'vitest';
import type { FileShape, Storage } from '../storage.ts';
import { someChat } from './note-samples.ts';
import { packChat } from '../note-rows.ts';
import { someAuthor, someBytes, someEntries, someLink, someRoom } from './samples.ts';
import type { Stage } from './stage.ts';

export function describeRooms(stage: Stage): void {
  describe('rooms and links', () => {
    const { append } = stage;
    let storage: Storage;
    beforeEach(() => void (storage = stage.storage));

    it('gives a new room back as it was made', async () => {
      expect(await storage.createRoom(someRoom('r', { title: 'Zoë 😀' }))).toBe('created');
      expect(await storage.loadRoom('r')).toEqual({
        id: 'r',
        epoch: 'epoch-r',
        shard: 'shard-r',
        title: 'Zoë 😀',
        language: 'markdown',
        createdAt: 1_700_000_000_123,
        file: null,
        locked: false,
        redactions: 0,
        notes: { chat: 0, threads: 0 },
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
      const file: FileShape = { bom: true, lineEnd: '\r\n' };
      expect(await storage.loadRoom('r')).toMatchObject({ title: 'New', language: 'css', file });
      await storage.setRoom('r', { file: null });
      expect(await storage.loadRoom('r')).toMatchObject({ title: 'New', file: null, locked: false });
      await storage.setRoom('r', { locked: true });
      expect(await storage.loadRoom('r')).toMatchObject({ title: 'New', language: 'css', locked: true });
      await storage.setRoom('r', { locked: false });
      expect((await storage.loadRoom('r'))?.locked).toBe(false);
      const { title, locked } = (await storage.loadRoom('r')) ?? {};
      expect(await storage.loadMeta('r')).toStrictEqual({ title, language: 'css', file: null, locked, redactions: 0 });
      await storage.setRoom('r', { file });
      expect((await storage.loadMeta('r'))?.file).toStrictEqual(file);
      expect(await storage.loadMeta('none')).toBeNull();
      await expect(storage.setRoom('none', { title: 'x' })).rejects.toMatchObject({ name: 'StorageRefused' });
    });

    it('tells the newest revision of each room that is there', async () => {
      for (const id of ['r', 's', 't']) await storage.createRoom(someRoom(id));
      await append('r', someEntries(1, 7));
      await append('s', someEntries(1, 1));
      const heads = await storage.heads(['s', 'none', 'r', 't', 'r']);
      expect([...heads].toSorted(([a], [b]) => (a < b ? -1 : 1))).toEqual([
        ['r', 7],
        ['s', 1],
        ['t', 0],
      ]);
      expect((await storage.heads([])).size).toBe(0);
      await storage.deleteRoom('r');
      expect([...(await storage.heads(['r']))]).toEqual([]);
    });

    it('lists its rooms by pages, in the order of their ids', async () => {
      expect(await storage.listRooms({ limit: 10 })).toEqual([]);
      const ids = ['B', 'Z', 'a', 'a1', 'b'];
      for (const id of ids.toReversed()) await storage.createRoom(someRoom(id));
      const page = async (limit: number, after?: string): Promise<string[]> =>
        (await storage.listRooms(after === undefined ? { limit } : { after, limit })).map(({ id }) => id);
      expect(await page(10)).toEqual(ids);
      expect(await page(2)).toEqual(['B', 'Z']);
      expect(await page(2, 'Z')).toEqual(['a', 'a1']);
      expect(await page(2, 'a0')).toEqual(['a1', 'b']);
      expect(await page(2, 'b')).toEqual([]);
      expect(await page(0)).toEqual([]);
    });

    it('tells in the list how large a room is, and when it was edited last', async () => {
      await storage.createRoom(someRoom('r', { title: 'Zoë' }));
      const empty = { id: 'r', title: 'Zoë', createdAt: 1_700_000_000_123, rev: 0, bytes: 0, lastEditAt: null };
      expect(await storage.listRooms({ limit: 1 })).toEqual([empty]);
      // ["ë"] has 6 bytes, [1,"ab"] has 8.
      await append('r', [{ rev: 1, author: 1, seq: 1, at: 70, op: ['ë'] }]);
      const entry = { rev: 2, author: 1, seq: 2, at: 80, op: [1, 'ab'], yjs: someBytes(1) };
      await storage.append('r', { entries: [entry], settled: [], lineage: { root: 'text' } });
      expect(await storage.listRooms({ limit: 1 })).toEqual([{ ...empty, rev: 2, bytes: 14 + 300, lastEditAt: 80 }]);
      await storage.saveSnapshot('r', { rev: 2, text: 'ëab' });
      await storage.saveLineage('r', { rev: 2, state: someBytes(1) });
      expect((await storage.listRooms({ limit: 1 }))[0]?.bytes).toBe(14 + 300 + 4 + 300);
      await storage.addChat('r', someChat('m', { text: 'ë' }), 9);
      await storage.addVersion('r', { rev: 1, name: 'Zoë', author: 1, at: 1 });
      const notes = Buffer.byteLength(packChat(someChat('m', { text: 'ë' }))) + 4;
      expect((await storage.listRooms({ limit: 1 }))[0]?.bytes).toBe(14 + 300 + 4 + 300 + notes);
    });

    it('drops U+0000 from labels', async () => {
      await storage.createRoom(someRoom('r', { title: 'a\0b' }));
      expect((await storage.loadRoom('r'))?.title).toBe('ab');
      expect((await storage.openAuthor('r', someAuthor('z', { name: '\0Zoë', person: 'p\0' }))).name).toBe('Zoë');
    });
  });
}

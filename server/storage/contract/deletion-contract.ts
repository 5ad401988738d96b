import { beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../storage.ts';
import { someAnchor, someChat, someComment } from './note-samples.ts';
import { newLink, someAuthor, someBytes, someEntries, someRoom, someYjsEntries } from './samples.ts';
import { someRedaction } from './redaction-samples.ts';
import type { Stage } from './stage.ts';

/** A picture of a room that is not there. */
const NOTHING = [
  null,
  [],
  null,
  null,
  [],
  [],
  false,
  [],
  [],
  [],
  { chat: 0, threads: 0 },
  null,
  null,
  null,
  null,
  null,
];

export function describeDeletion(stage: Stage): void {
  describe('deletion', () => {
    const { append } = stage;
    let storage: Storage;

    beforeEach(async () => {
      storage = stage.storage;
      await fill('r');
      await fill('s');
    });

    /** A room with something of everything. */
    async function fill(room: string): Promise<void> {
      await storage.createRoom(someRoom(room));
      await storage.append(room, { entries: someYjsEntries(1, 5), settled: [], lineage: { root: 'quill' } });
      await storage.saveSnapshot(room, { rev: 2, text: 'two' });
      await storage.saveLineage(room, { rev: 3, state: someBytes(3) });
      await storage.openAuthor(room, someAuthor('second'));
      await storage.makeLink(room, newLink(`${room}-4`));
      await storage.rotateLink(room, 2, `${room}-newer`, 1);
      await storage.setRoom(room, { locked: true });
      await storage.bar(room, 'guest', 1);
      await storage.addChat(room, someChat('m', { quote: someAnchor(2) }), 99);
      await storage.changeThread(room, 't', { kind: 'open', anchor: someAnchor(1), comment: someComment('c') });
      await storage.addVersion(room, { rev: 2, name: 'Draft', author: 1, at: 1 });
    }

    async function picture(room: string): Promise<unknown[]> {
      const tokens = ['owner', 'edit', 'view', '4', 'newer'].map((name) => `${room}-${name}`);
      return Promise.all([
        storage.loadRoom(room),
        storage.entries(room, 1, 99, 99),
        storage.snapshotBefore(room, 99),
        storage.loadLineage(room),
        storage.authors(room),
        storage.links(room),
        storage.isBarred(room, ['guest']),
        storage.chat(room, { limit: 99 }),
        storage.threads(room),
        storage.versions(room),
        storage.noteHeads(room),
        ...tokens.map((token) => storage.findLink(token)),
      ]);
    }

    it('[P10] shuts every door of the room, also one by which somebody came before', async () => {
      for (const token of ['r-view', 's-view']) await storage.findDoor(token, []);
      expect(await storage.findDoor('r-view', [])).toMatchObject({ link: { room: 'r' } });
      await storage.deleteRoom('r');
      expect(await storage.findDoor('r-view', [])).toBeNull();
      expect(await storage.findDoor('s-view', [])).toMatchObject({ link: { room: 's' } });
    });

    it('leaves nothing of a room, and everything of the others', async () => {
      const other = await picture('s');
      await storage.deleteRoom('r');
      expect(await picture('r')).toEqual(NOTHING);
      expect(await picture('s')).toEqual(other);
    });

    it('does nothing a second time, nor to a room that was never there', async () => {
      const other = await picture('s');
      await Promise.all([storage.deleteRoom('r'), storage.deleteRoom('r')]);
      await storage.deleteRoom('r');
      await storage.deleteRoom('none');
      expect(await picture('s')).toEqual(other);
    });

    it('refuses whatever still wants to be written to it', async () => {
      const [entry] = someEntries(6, 6);
      await storage.deleteRoom('r');
      const late: Promise<unknown>[] = [
        storage.append('r', { entries: entry ? [entry] : [], settled: [] }),
        storage.append('r', { entries: someEntries(1, 1), settled: [] }),
        storage.append('r', { entries: someYjsEntries(1, 1), settled: [], lineage: { root: 'quill' } }),
        storage.saveSnapshot('r', { rev: 0, text: 'x' }),
        storage.saveLineage('r', { rev: 0, state: someBytes(1) }),
        storage.openAuthor('r', someAuthor('first')),
        storage.openAuthor('r', someAuthor('third')),
        storage.renameAuthor('r', 1, 'x', 1),
        storage.setRoom('r', { title: 'x' }),
        storage.setRoom('r', {}),
        storage.bar('r', 'guest', 1),
        storage.addChat('r', someChat('m'), 99),
        storage.changeThread('r', 't', { kind: 'reopen' }),
        storage.saveAnchors('r', []),
        storage.redact('r', someRedaction()),
        storage.addVersion('r', { rev: 0, name: 'x', author: 1, at: 1 }),
        storage.makeLink('r', newLink('r-9')),
        storage.changeLink('r', 1, { name: 'x' }),
        storage.rotateLink('r', 1, 'r-9', 1),
      ];
      for (const result of await Promise.allSettled(late)) {
        expect(result).toMatchObject({ status: 'rejected', reason: { name: 'StorageRefused' } });
      }
      expect(await picture('r')).toEqual(NOTHING);
    });

    it('frees the id and every token, and what is made of them begins anew', async () => {
      await storage.deleteRoom('r');
      const links = ['r-owner', 'r-edit', 'r-newer'].map((token) => ({ token, role: 'edit' as const }));
      expect(await storage.createRoom(someRoom('r', { links, authors: [] }))).toBe('created');
      expect(await storage.loadRoom('r')).toMatchObject({ snapshot: null, entries: [], locked: false });
      expect((await storage.openAuthor('r', someAuthor('first'))).last).toBeNull();
      expect(await storage.links('r')).toHaveLength(3);
      expect((await storage.findLink('r-edit'))?.revokedAt).toBeNull();
      expect(await storage.isBarred('r', ['guest'])).toBe(false);
      expect(await storage.makeLink('s', newLink('r-view'))).toEqual({ number: 5 });
      expect(await storage.chat('r', { limit: 9 })).toEqual([]);
      expect(await storage.addChat('r', someChat('m'), 99)).toEqual({ ...someChat('m'), n: 1 });
      expect(await append('r', someEntries(1, 2))).toEqual({ ok: true });
      expect(await storage.entries('r', 1, 9, 9)).toEqual(someEntries(1, 2));
    });

    it('takes its turn: what was asked before is done before, and what comes after is refused', async () => {
      const [before, , after] = await Promise.allSettled([
        append('r', someEntries(6, 6)),
        storage.deleteRoom('r'),
        append('r', someEntries(7, 7)),
      ]);
      expect(before).toEqual({ status: 'fulfilled', value: { ok: true } });
      expect(after).toMatchObject({ status: 'rejected', reason: { name: 'StorageRefused' } });
    });
  });
}

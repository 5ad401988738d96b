import { beforeEach, describe, expect, it } from 'vitest';
import type { Redaction } from '../redaction.ts';
import type { Storage } from '../storage.ts';
import { someAnchor, someChat, someComment } from './note-samples.ts';
import { someRedaction } from './redaction-samples.ts';
import { someBytes, someEntries, someRoom, someYjsEntries } from './samples.ts';
import type { Stage } from './stage.ts';

const NOTHING = Uint8Array.of(0, 0);

export function describeRedaction(stage: Stage): void {
  describe('redaction', () => {
    let storage: Storage;

    beforeEach(async () => {
      storage = stage.storage;
      for (const room of ['r', 's']) {
        await storage.createRoom(someRoom(room));
        await storage.append(room, { entries: someYjsEntries(1, 1_500), settled: [], lineage: { root: 'quill' } });
        for (const rev of [500, 1_000, 1_400]) await storage.saveSnapshot(room, { rev, text: `secret ${rev}\nword` });
        await storage.saveLineage(room, { rev: 1_200, state: someBytes(3) });
        await storage.addChat(room, someChat('m', { quote: someAnchor(2, { text: 'quoted' }) }), 99);
        await storage.addChat(room, someChat('n', { text: 'said' }), 99);
        const open = { kind: 'open' as const, anchor: someAnchor(1), comment: someComment('c') };
        await storage.changeThread(room, 't', open);
        await storage.changeThread(room, 't', { kind: 'reply', comment: someComment('d') });
      }
    });

    /** With everything that there is to take away. */
    function redaction(change: Partial<Redaction> = {}): Redaction {
      return someRedaction({
        notes: { chat: 2, threads: 2, anchorRevs: 3 },
        rev: 1_450,
        entries: [
          { rev: 3, op: [2, '\u2588'] },
          { rev: 7, op: [6, '\u2588'] },
        ],
        bytes: { from: 3, to: 1_100, instead: NOTHING },
        snapshots: [
          { rev: 500, ranges: [{ from: 0, to: 6 }] },
          { rev: 1_000, ranges: [{ from: 7, to: 13 }] },
        ],
        anchors: [
          { of: 'chat', id: 'm', text: 'q\u2588' },
          { of: 'thread', id: 't', text: '\u2588' },
        ],
        chat: [{ n: 2, text: '\u2588' }],
        comments: [{ thread: 't', id: 'd', text: 'd \u2588' }],
        ...change,
      });
    }

    function picture(room: string): Promise<unknown[]> {
      return Promise.all([
        storage.loadRoom(room),
        storage.entries(room, 1, 1_500, 1_500),
        ...[999, 1_399, 1_500].map((rev) => storage.snapshotBefore(room, rev)),
        storage.loadLineage(room),
        storage.chat(room, { limit: 99 }),
        storage.threads(room),
      ]);
    }

    it('blocks out what it says, at once, and leaves everything else and every other room', async () => {
      const other = await picture('s');
      expect(await storage.redact('r', redaction())).toBe('redacted');
      const entries = await storage.entries('r', 1, 1_500, 1_500);
      expect(entries).toEqual(
        someYjsEntries(1, 1_500).map((entry) => ({
          ...entry,
          ...(entry.rev >= 3 && entry.rev <= 1_100 && { yjs: NOTHING }),
          ...((entry.rev === 3 || entry.rev === 7) && { op: [entry.rev - 1, '\u2588'] }),
        })),
      );
      expect(await storage.snapshotBefore('r', 600)).toEqual({ rev: 500, text: '██████ 500\nword' });
      // The line break stays.
      expect(await storage.snapshotBefore('r', 1_300)).toEqual({ rev: 1_000, text: 'secret ████\n█ord' });
      expect((await storage.chat('r', { limit: 9 })).map(({ text, quote }) => [text, quote])).toEqual([
        ['m says\nhello', someAnchor(2, { text: 'q\u2588' })],
        ['\u2588', null],
      ]);
      const [thread] = await storage.threads('r');
      expect(thread?.anchor).toEqual(someAnchor(1, { text: '\u2588' }));
      expect(thread?.comments).toEqual([someComment('c'), someComment('d', { text: 'd \u2588' })]);
      expect(await storage.loadMeta('r')).toMatchObject({ redactions: 1 });
      expect(await storage.loadRoom('r')).toMatchObject({ redactions: 1 });
      expect(await picture('s')).toEqual(other);
    });

    it('drops snapshots of before that it does not know, and keeps the newer ones', async () => {
      expect(await storage.snapshotRevs('r')).toEqual([500, 1_000, 1_400]);
      await storage.saveSnapshot('r', { rev: 1_450, text: 'clean' });
      await storage.redact('r', redaction({ snapshots: [] }));
      expect(await storage.snapshotRevs('r')).toEqual([1_450]);
      expect(await storage.snapshotRevs('none')).toEqual([]);
    });

    it('writes nothing if anything is new since it was planned', async () => {
      const before = await picture('r');
      const late: Partial<Redaction>[] = [
        { redactions: 1 },
        { notes: { chat: 1, threads: 2, anchorRevs: 3 } },
        { notes: { chat: 2, threads: 1, anchorRevs: 3 } },
        { notes: { chat: 2, threads: 2, anchorRevs: 2 } },
      ];
      for (const change of late) expect(await storage.redact('r', redaction(change))).toBe('conflict');
      expect(await picture('r')).toEqual(before);
    });

    it('refuses bytes for which no Y.Doc stands, and rooms that are not there', async () => {
      const refused = { name: 'StorageRefused' };
      const bytes = { from: 1, to: 1_201, instead: NOTHING };
      await expect(storage.redact('r', redaction({ bytes }))).rejects.toMatchObject(refused);
      await expect(storage.redact('none', someRedaction())).rejects.toMatchObject(refused);
      expect(await storage.loadMeta('r')).toMatchObject({ redactions: 0 });
    });

    it('goes through a room that has nothing but a log', async () => {
      await storage.createRoom(someRoom('plain'));
      await storage.append('plain', { entries: someEntries(1, 3), settled: [] });
      const entries = [{ rev: 2, op: [1, '\u2588'] }];
      expect(await storage.redact('plain', someRedaction({ rev: 3, entries }))).toBe('redacted');
      expect((await storage.entries('plain', 1, 9, 9)).map(({ op }) => op)).toEqual([['a'], [1, '\u2588'], [2, 'a']]);
    });

    it('takes no texts and words any more from whoever has the room from before', async () => {
      await storage.redact('r', redaction());
      const revs = await storage.snapshotRevs('r');
      await storage.saveSnapshot('r', { rev: 1_300, text: 'secret' }, 0);
      expect(await storage.snapshotRevs('r')).toEqual(revs);
      await storage.saveSnapshot('r', { rev: 1_500, text: 'clean' }, 1);
      expect(await storage.snapshotRevs('r')).toContain(1_500);

      const gone = { author: 1, name: 'Zoë' };
      const anchor = someAnchor(1_500, { text: 'secret', gone });
      await storage.saveAnchors('r', [{ of: 'thread', id: 't', anchor }], 0);
      expect((await storage.thread('r', 't'))?.anchor).toEqual(someAnchor(1, { text: '\u2588' }));
      await storage.saveAnchors('r', [{ of: 'thread', id: 't', anchor: { ...anchor, text: 'clean' } }], 1);
      expect((await storage.thread('r', 't'))?.anchor.text).toBe('clean');

      const quote = someAnchor(1_500, { text: 'a secret\nb' });
      await storage.addChat('r', someChat('o', { quote }), 99, 0);
      await storage.addChat('r', someChat('p', { quote }), 99, 1);
      const said = await storage.chat('r', { after: 2, limit: 9 });
      expect(said.map((one) => one.quote?.text)).toEqual(['████████\n█', 'a secret\nb']);
      const open = { kind: 'open' as const, anchor: quote, comment: someComment('e') };
      await storage.changeThread('r', 'u', open, 0);
      await storage.changeThread('r', 'v', open, 1);
      expect((await storage.thread('r', 'u'))?.anchor.text).toBe('████████\n█');
      expect((await storage.thread('r', 'v'))?.anchor.text).toBe('a secret\nb');
    });
  });
}

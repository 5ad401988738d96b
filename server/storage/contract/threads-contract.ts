import { beforeEach, describe, expect, it } from 'vitest';
import type { StoredThread, ThreadAct } from '../notes.ts';
import type { Storage } from '../storage.ts';
import { someAnchor, someComment } from './note-samples.ts';
import { someEntries, someRoom } from './samples.ts';
import type { Stage } from './stage.ts';

export function describeThreads(stage: Stage): void {
  describe('threads of comments', () => {
    let storage: Storage;

    beforeEach(async () => {
      storage = stage.storage;
      await storage.createRoom(someRoom('r'));
      await stage.append('r', someEntries(1, 3));
    });

    const act = (id: string, what: ThreadAct): Promise<StoredThread | null> => storage.changeThread('r', id, what);
    const open = (id: string): Promise<StoredThread | null> =>
      act(id, { kind: 'open', anchor: someAnchor(2), comment: someComment(`${id}-1`) });
    const by = { author: 2, name: 'Bob', at: 70 };

    it('are as their acts have made them', async () => {
      const opened = { id: 't', anchor: someAnchor(2), resolved: null, comments: [someComment('t-1')] };
      expect(await open('t')).toEqual(opened);
      const answered = { ...opened, comments: [someComment('t-1'), someComment('t-2', { author: 2 })] };
      expect(await act('t', { kind: 'reply', comment: someComment('t-2', { author: 2 }) })).toEqual(answered);
      expect(await act('t', { kind: 'resolve', by })).toEqual({ ...answered, resolved: by });
      expect(await act('t', { kind: 'reopen' })).toEqual(answered);
      const changed = {
        ...answered,
        comments: [someComment('t-1', { text: 'new\0', changedAt: 9 }), answered.comments[1]],
      };
      expect(await act('t', { kind: 'change', id: 't-1', text: 'new\0', at: 9 })).toEqual(changed);
      expect(await act('t', { kind: 'delete', id: 't-2' })).toEqual({ ...changed, comments: [changed.comments[0]] });
      expect(await storage.thread('r', 't')).toEqual({ ...changed, comments: [changed.comments[0]] });
      expect(await act('t', { kind: 'delete', id: 't-1' })).toBeNull();
      expect(await storage.thread('r', 't')).toBeNull();
      expect(await storage.threads('r')).toEqual([]);
    });

    it('[P3] change no second time by the same act, and count what changed', async () => {
      const acts: ThreadAct[] = [
        { kind: 'open', anchor: someAnchor(2), comment: someComment('t-1') },
        { kind: 'reply', comment: someComment('t-2') },
        { kind: 'change', id: 't-2', text: 'new', at: 8 },
        { kind: 'resolve', by },
        { kind: 'delete', id: 't-2' },
      ];
      for (const [index, what] of acts.entries()) {
        const once = await act('t', what);
        expect(await act('t', what)).toEqual(once);
        expect((await storage.noteHeads('r')).threads).toBe(index + 1);
      }
      expect((await act('t', { kind: 'resolve', by: { ...by, at: 99 } }))?.resolved).toEqual(by);
      const other = { kind: 'open', anchor: someAnchor(3), comment: someComment('x') } as const;
      expect((await act('t', other))?.comments).toEqual([someComment('t-1')]);
      await act('t', { kind: 'delete', id: 't-1' });
      expect((await storage.noteHeads('r')).threads).toBe(acts.length + 1);
    });

    it('that are not there are not made by anything but their opening', async () => {
      await open('other');
      const acts: ThreadAct[] = [
        { kind: 'reply', comment: someComment('a') },
        { kind: 'change', id: 'other-1', text: 'x', at: 1 },
        { kind: 'delete', id: 'other-1' },
        { kind: 'resolve', by },
        { kind: 'reopen' },
      ];
      for (const what of acts) expect(await act('t', what)).toBeNull();
      expect((await storage.threads('r')).map(({ id }) => id)).toEqual(['other']);
      expect((await act('other', { kind: 'change', id: 'none', text: 'x', at: 1 }))?.comments).toEqual([
        someComment('other-1'),
      ]);
    });

    it('are listed by their ids, with their passages moved on', async () => {
      await Promise.all(['b', 'B', 'a'].map(open));
      expect((await storage.threads('r')).map(({ id }) => id)).toEqual(['B', 'a', 'b']);
      const moved = someAnchor(3, { from: 7, to: 8, text: 'now' });
      await storage.saveAnchors('r', [
        { of: 'thread', id: 'a', anchor: moved },
        { of: 'thread', id: 'b', anchor: someAnchor(1) },
        { of: 'chat', id: 'B', anchor: moved },
        { of: 'thread', id: 'none', anchor: moved },
      ]);
      expect((await storage.threads('r')).map(({ anchor }) => anchor)).toEqual([someAnchor(2), moved, someAnchor(2)]);
    });

    it('lose no answer when many come at once', async () => {
      await open('t');
      const ids = Array.from({ length: 20 }, (_, index) => `answer-${index}`);
      await Promise.all(ids.map((id) => act('t', { kind: 'reply', comment: someComment(id) })));
      expect((await storage.thread('r', 't'))?.comments.map(({ id }) => id).toSorted()).toEqual(
        ['t-1', ...ids].toSorted(),
      );
    });

    it('are refused beyond the log, and in an unknown room', async () => {
      const opening = { kind: 'open', anchor: someAnchor(4), comment: someComment('a') } as const;
      for (const what of [storage.changeThread('r', 't', opening), storage.changeThread('none', 't', opening)]) {
        await expect(what).rejects.toMatchObject({ name: 'StorageRefused' });
      }
      expect(await storage.noteHeads('r')).toEqual({ chat: 0, threads: 0 });
      expect(await storage.threads('none')).toEqual([]);
      expect(await storage.thread('none', 't')).toBeNull();
    });
  });
}

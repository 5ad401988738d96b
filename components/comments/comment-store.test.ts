import { describe, expect, it } from 'vitest';
import { EditorState, type TransactionSpec } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { RoomClient, RoomView, TalkEvent, TalkMessage, Thread } from '../../lib/client/index.ts';
import { ManualClock } from '../../lib/testing/index.ts';
import type { ThreadList } from '../chat/notes-api.ts';
import { CommentStore, DRAFT } from './comment-store.ts';

const thread = (id: string, from: number, to: number): Thread => ({
  id,
  anchor: { from, to, text: '', gone: null },
  resolved: null,
  comments: [{ id: `${id}-1`, author: 1, name: 'Mina', color: 2, at: 1, text: 'Why?' }],
});

/** A room whose server is in the hands of the test, and an editor without a screen. */
function scene({ online = true, unsaved = 0 } = {}) {
  const clock = new ManualClock();
  const reads: ((list: ThreadList | Error) => void)[] = [];
  const sent: TalkMessage[] = [];
  const heard = new Set<(event: TalkEvent) => void>();
  const views = new Set<() => void>();
  const me = { person: '', name: 'Ann', color: 7 };
  const view = { token: 'token', rev: 3, unsaved, online, you: 2, me } as RoomView;
  const client: Partial<RoomClient> = {
    view: () => view,
    subscribe: (listener) => (views.add(listener), () => views.delete(listener)),
    onTalk: (listener) => (heard.add(listener), () => heard.delete(listener)),
    talk: (one) => view.online && one.t !== 'writing' && sent.push(one) > 0,
    locate: (rev, position) => (rev > view.rev ? null : position),
  };
  let state = EditorState.create({ doc: 'One two three' });
  const editor = {
    get state() {
      return state;
    },
    dispatch(spec: TransactionSpec) {
      state = state.update(spec).state;
    },
  } as EditorView;
  let ids = 0;
  const kept = new Map<string, string>();
  const store = new CommentStore(client as RoomClient, {
    read: () =>
      new Promise((resolve, reject) => {
        reads.push((list) => (list instanceof Error ? reject(list) : resolve(list)));
      }),
    after: clock.after,
    newId: () => `own-${++ids}`,
    now: () => 9,
    editor: () => editor,
    unsent: (quote) => kept.get(quote) ?? '',
    keep: (quote, text) => void kept.set(quote, text),
  });
  state = EditorState.create({ doc: 'One two three', extensions: store.anchors.passages.field });
  return {
    store,
    sent,
    reads,
    editor,
    async answer(list: ThreadList | Error) {
      reads.shift()?.(list);
      for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    },
    hear(one: Thread, rev = 3) {
      for (const listener of heard) listener({ t: 'thread', rev, thread: one });
    },
    now(change: Partial<RoomView>) {
      Object.assign(view, change);
      for (const listener of views) listener();
    },
    ids: () => store.view().threads.map(({ id }) => id),
  };
}

describe('CommentStore', () => {
  it('fetches nothing before it is asked, and all of it once somebody speaks', async () => {
    const { store, reads, hear, answer, ids } = scene();
    expect([store.view().load, reads.length]).toEqual(['idle', 0]);
    hear(thread('a', 4, 7));
    expect(reads).toHaveLength(1);
    await answer({ rev: 3, threads: [thread('a', 4, 7), thread('b', 0, 3)] });
    expect([store.view().load, ids()]).toEqual(['ready', ['a', 'b']]);
    expect(store.anchors.placeOf('b')).toEqual({ from: 0, to: 3 });
  });

  it('what came while the answer was on its way is newer than the answer', async () => {
    const { store, hear, answer, ids } = scene();
    void store.load();
    hear({ ...thread('a', 4, 7), ended: true });
    await answer({ rev: 3, threads: [thread('a', 4, 7)] });
    expect(ids()).toEqual([]);
  });

  it('a thread of a text that is not here yet waits for it', async () => {
    const { store, hear, answer, now } = scene();
    void store.load();
    await answer({ rev: 3, threads: [] });
    hear(thread('a', 4, 7), 4);
    expect(store.anchors.placeOf('a')).toBeNull();
    now({ rev: 4 });
    expect(store.anchors.placeOf('a')).toEqual({ from: 4, to: 7 });
  });

  it('a new comment is looked at from its draft on, and goes out when the server has the text', () => {
    const { store, sent, hear, now, editor } = scene({ unsaved: 4 });
    store.startDraft({ from: 4, to: 7 }, 'two');
    expect(store.view()).toMatchObject({ focus: DRAFT, draft: { quote: 'two', text: '' } });
    store.writeDraft('Why? ');
    store.sendDraft();
    expect(store.view()).toMatchObject({ focus: 'own-2', draft: null });
    expect(store.view().threads[0]).toMatchObject({
      id: 'own-2',
      anchor: { text: 'two' },
      comments: [{ text: 'Why?' }],
    });
    expect(sent).toEqual([]);
    editor.dispatch({ changes: { from: 0, insert: 'Yes. ' } });
    now({ unsaved: 0, rev: 4 });
    expect(sent).toEqual([
      { t: 'comment', id: 'own-1', thread: 'own-2', act: { kind: 'open', rev: 4, from: 9, to: 12, text: 'Why?' } },
    ]);
    const views: (string | null)[] = [];
    store.subscribe(() => views.push(store.view().focus));
    hear({ ...thread('own-2', 9, 12), comments: [{ ...thread('x', 0, 1).comments[0], id: 'own-1' } as never] }, 4);
    // Never out of sight in between.
    expect(new Set(views)).toEqual(new Set(['own-2']));
    expect(store.view().threads).toHaveLength(1);
    expect(store.view().threads[0]?.comments[0]?.unsent).toBeNull();
  });

  it('a passage that went before its comment could be sent is told, and the words stay', () => {
    const { store, sent, now, editor } = scene({ online: false });
    store.startDraft({ from: 4, to: 7 }, 'two');
    store.writeDraft('Why?');
    store.sendDraft();
    editor.dispatch({ changes: { from: 3, to: 8 } });
    now({ online: true });
    expect(sent).toEqual([]);
    const [comment] = store.view().threads[0]?.comments ?? [];
    expect(comment).toMatchObject({ text: 'Why?', unsent: { kind: 'refused' } });
    store.drop(comment?.id ?? '');
    expect(store.view().threads).toEqual([]);
  });

  it('an empty draft goes when one looks elsewhere; one with words stays', () => {
    const { store } = scene();
    store.startDraft({ from: 4, to: 7 }, 'two');
    store.focus(null);
    expect(store.view().draft).toBeNull();
    store.startDraft({ from: 4, to: 7 }, 'two');
    store.writeDraft('Why?');
    store.focus(null);
    expect(store.view()).toMatchObject({ focus: null, draft: { text: 'Why?' } });
  });

  it('looks away from what ended or was resolved here', async () => {
    const { store, sent, hear, answer } = scene();
    void store.load();
    await answer({ rev: 3, threads: [thread('a', 4, 7), thread('b', 0, 3)] });
    store.focus('a');
    hear({ ...thread('a', 4, 7), ended: true });
    expect(store.view().focus).toBeNull();
    store.focus('b', true);
    expect(store.view().keyboard).toBe(1);
    store.resolve('b');
    expect(store.view().focus).toBeNull();
    expect(sent).toMatchObject([{ thread: 'b', act: { kind: 'resolve' } }]);
    expect(store.view().threads[0]?.resolved?.name).toBe('Ann');
  });

  it('fails in words, and can be asked again', async () => {
    const { store, answer } = scene();
    void store.load();
    await answer(new Error('offline'));
    expect(store.view().load).toBe('failed');
    void store.load();
    expect(store.view().load).toBe('loading');
  });
});

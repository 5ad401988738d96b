'use client';

import type { EditorView } from '@codemirror/view';
import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import type { RoomClient } from '../../lib/client/index.ts';
import type { RoomTools } from '../room/room-tools.ts';
import { useNow } from '../ui/use-now.ts';
import { CommentAffordance } from './comment-affordance.tsx';
import { CommentDraft } from './comment-draft.tsx';
import { commentMarks, showMarked, type Marked } from './comment-marks.ts';
import { goToThread } from './comment-steps.ts';
import { DRAFT, type CommentStore, type CommentsView } from './comment-store.ts';
import { CommentThread } from './comment-thread.tsx';
import { commentsOf, mayComment } from './comments-of.ts';
import { MarginCard, NARROWEST_PX } from './margin-card.tsx';
import { useMargin } from './use-margin.ts';

/** Comments beside the text: marks, the way to a new one, and the thread that is looked at. */
export function CommentsCompanion({ tools }: { tools: RoomTools }) {
  return tools.client === null ? null : <Comments client={tools.client} tools={tools} />;
}

function Comments({ client, tools }: { client: RoomClient; tools: RoomTools }) {
  const { editor, view: room } = tools;
  const store = commentsOf(client, editor);
  const view = useSyncExternalStore(store.subscribe, store.view, store.view);
  const { threads, load, focus, keyboard, draft } = view;
  const now = useNow();
  const begin = useMarks(client, store, view, tools);
  useEffect(() => {
    if (room.threads > 0 && load === 'idle') void store.load();
  }, [room.threads, load, store]);

  const where = useCallback(
    ({ state }: EditorView) => (focus === null ? null : (store.anchors.passages.of(state).get(focus)?.from ?? null)),
    [focus, store],
  );
  const margin = useMargin(tools, 'comment-margin', where);
  const fits = margin === null ? null : margin.width >= NARROWEST_PX;
  usePanelInstead(store, tools, focus, fits);

  const thread = threads.find(({ id }) => id === focus);
  const isShown = margin !== null && fits === true && tools.surfaces.panel !== 'comments';
  return (
    <>
      {mayComment(room) && focus !== DRAFT && !(isShown && thread !== undefined) && (
        <CommentAffordance tools={tools} onBegin={begin} />
      )}
      {isShown && focus === DRAFT && draft !== null && (
        <MarginCard tools={tools} store={store} margin={margin}>
          <CommentDraft draft={draft} store={store} inMargin onDone={() => editor()?.focus()} />
        </MarginCard>
      )}
      {isShown && thread !== undefined && (
        <MarginCard tools={tools} store={store} margin={margin}>
          <CommentThread
            key={thread.id}
            thread={thread}
            store={store}
            tools={tools}
            now={now}
            isFocused
            inMargin
            keyboard={keyboard}
            onPress={() => undefined}
          />
        </MarginCard>
      )}
    </>
  );
}

/** Keeps the marks in the text as they are to be. Returns what begins a comment on the selection. */
function useMarks(client: RoomClient, store: CommentStore, view: CommentsView, tools: RoomTools): () => void {
  const { editor, extend } = tools;
  const begin = useCallback(() => {
    const state = editor()?.state;
    if (state === undefined || !mayComment(client.view())) return;
    const { from, to } = state.selection.main;
    const words = state.sliceDoc(from, to);
    const quote = words.trim();
    if (quote === '') return;
    const start = from + words.length - words.trimStart().length;
    store.startDraft({ from: start, to: start + quote.length }, quote);
  }, [client, editor, store]);
  useEffect(() => {
    const focus = (id: string | null, byKeyboard: boolean) => {
      const text = editor();
      if (id !== null && byKeyboard && text !== null) goToThread(text, store, id);
      else store.focus(id);
    };
    const marks = commentMarks(store.anchors.passages, { begin, focus }, () => markedOf(store.view()));
    extend('comments', [store.anchors.extension, marks]);
  }, [begin, editor, extend, store]);
  useEffect(() => {
    const text = editor();
    if (text !== null) showMarked(text, markedOf(view));
  }, [editor, view]);
  return begin;
}

function markedOf({ threads, focus, draft }: CommentsView): Marked {
  const open = threads.filter(({ resolved }) => resolved === null).map(({ id }) => id);
  return { ids: new Set(draft === null ? open : [...open, DRAFT]), focus };
}

/**
 * Where there is no margin, what is newly looked at is shown in the panel. Whoever then closes that, or opens another tab where there
 * was a margin before, looks away.
 */
function usePanelInstead(
  store: CommentStore,
  { surfaces, show }: RoomTools,
  focus: string | null,
  fits: boolean | null,
) {
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (focus !== null && fits === null) return;
    const before = shown.current;
    shown.current = focus;
    if (focus === null || fits === true || surfaces.panel === 'comments') return;
    if (before === focus) store.focus(null);
    else show({ panel: 'comments' });
  }, [store, surfaces.panel, show, focus, fits]);
}

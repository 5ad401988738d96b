'use client';

import { useEffect, useReducer, useRef, useState, useSyncExternalStore } from 'react';
import type { RoomClient } from '../../lib/client/index.ts';
import { jumpTo } from '../chat/jump.ts';
import { useLater } from '../chat/use-later.ts';
import type { RoomTools } from '../room/room-tools.ts';
import { digits } from '../strings.ts';
import { Button } from '../ui/button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { useNow } from '../ui/use-now.ts';
import { CommentDraft } from './comment-draft.tsx';
import type { CommentStore } from './comment-store.ts';
import { useStepKeys } from './comment-steps.ts';
import { CommentThread } from './comment-thread.tsx';
import { commentsOf } from './comments-of.ts';
import { commentsStrings } from './comments-strings.ts';
import type { ShownThread } from './expected-threads.ts';

type Filter = 'open' | 'resolved';

/** All comments of the room, in the order of the text. */
export function CommentsPanel({ tools }: { tools: RoomTools }) {
  return tools.client === null ? null : <OpenComments client={tools.client} tools={tools} />;
}

function OpenComments({ client, tools }: { client: RoomClient; tools: RoomTools }) {
  const store = commentsOf(client, tools.editor);
  const { threads, load, focus, keyboard, draft } = useSyncExternalStore(store.subscribe, store.view, store.view);
  const area = useRef<HTMLDivElement>(null);
  useStepKeys(area, store, tools);
  const now = useNow();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => store.anchors.subscribe(redraw), [store]);
  useEffect(() => {
    if (store.view().load !== 'ready') void store.load();
  }, [store]);
  const [filter, setFilter] = useState<Filter>('open');
  const sorted = inOrder(threads, store);
  const open = sorted.filter(({ resolved }) => resolved === null);
  const resolved = sorted.filter((thread) => thread.resolved !== null);
  const shown = filter === 'open' ? open : resolved;
  const press = (thread: ShownThread) => {
    store.focus(thread.id);
    const place = store.anchors.placeOf(thread.id);
    if (place !== null) jumpTo(tools, place);
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col" ref={area}>
      <div className="flex-none p-2">
        <Segmented<Filter>
          label={commentsStrings.filter}
          value={filter}
          onChange={setFilter}
          options={[
            { value: 'open', words: commentsStrings.open(digits(open.length)) },
            { value: 'resolved', words: commentsStrings.resolved(digits(resolved.length)) },
          ]}
        />
      </div>
      <div className="flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto px-2 pt-0.5 pb-2">
        {draft !== null && (
          <CommentDraft draft={draft} store={store} inMargin={false} onDone={() => tools.editor()?.focus()} />
        )}
        {shown.map((thread) => (
          <CommentThread
            key={thread.id}
            thread={thread}
            store={store}
            tools={tools}
            now={now}
            isFocused={thread.id === focus}
            inMargin={false}
            keyboard={keyboard}
            onPress={() => press(thread)}
          />
        ))}
        {shown.length === 0 && draft === null && <Nothing load={load} filter={filter} store={store} />}
      </div>
    </div>
  );
}

function Nothing({ load, filter, store }: { load: string; filter: Filter; store: CommentStore }) {
  const isLate = useLater(400);
  switch (load) {
    case 'failed':
      return (
        <div className="grid justify-items-center gap-2 p-4 text-center text-ink-2">
          <p>{commentsStrings.failed}</p>
          <Button small onClick={() => void store.load()}>
            {commentsStrings.again}
          </Button>
        </div>
      );
    case 'ready':
      return (
        <p className="p-4 text-center text-ink-2">
          {filter === 'open' ? commentsStrings.empty : commentsStrings.noneResolved}
        </p>
      );
    default:
      return isLate ? <p className="p-4 text-center text-ink-2">{commentsStrings.loading}</p> : null;
  }
}

/** By where the passages are; what has no place yet comes last. */
function inOrder(threads: readonly ShownThread[], store: CommentStore): ShownThread[] {
  const from = ({ id }: ShownThread) => store.anchors.placeOf(id)?.from ?? Infinity;
  return threads.toSorted((a, b) => {
    const [left, right] = [from(a), from(b)];
    if (left !== right) return left < right ? -1 : 1;
    return (a.comments[0]?.at ?? 0) - (b.comments[0]?.at ?? 0);
  });
}

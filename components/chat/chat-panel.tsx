'use client';

import { useCallback, useEffect, useReducer, useState, useSyncExternalStore } from 'react';
import type { RoomClient } from '../../lib/client/index.ts';
import type { RoomTools } from '../room/room-tools.ts';
import { Button } from '../ui/button.tsx';
import { useNow } from '../ui/use-now.ts';
import { ChatComposer } from './chat-composer.tsx';
import { ChatMessageRow } from './chat-message.tsx';
import { ChatWriting } from './chat-writing.tsx';
import { chatOf } from './chat-of.ts';
import { rowsOf, type ChatRow } from './chat-row.ts';
import { chatStrings } from './chat-strings.ts';
import type { ChatView } from './chat-store.ts';
import { readUpTo } from './read-position.ts';
import { useLater } from './use-later.ts';
import { useLogScroll } from './use-log-scroll.ts';
import { useReading } from './use-reading.ts';
import { ScrollRegion } from '../ui/scroll-region.tsx';

/** What people say to each other beside the text. */
export function ChatPanel({ tools }: { tools: RoomTools }) {
  return tools.client === null ? null : <OpenChat client={tools.client} tools={tools} />;
}

function OpenChat({ client, tools }: { client: RoomClient; tools: RoomTools }) {
  const { editor, extend, view: room } = tools;
  const chat = chatOf(client, editor);
  const { store } = chat;
  const view = useSyncExternalStore(store.subscribe, store.view, store.view);
  const now = useNow();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  // It stays when the panel closes: what is on its way may quote a line.
  useEffect(() => extend('chat', store.anchors.extension), [extend, store]);
  useEffect(() => store.anchors.subscribe(redraw), [store]);
  const loadOlder = useCallback(() => void store.loadOlder(), [store]);
  const newest = view.messages.at(-1);
  const last = view.waiting.at(-1)?.id ?? newest?.id ?? '';
  const { log, onScroll, atEnd, toEnd } = useLogScroll(view.messages[0]?.id ?? '', last, loadOlder);
  const news = useReading(room.token, Math.max(newest?.n ?? 0, room.chat), atEnd && view.load === 'ready');
  const rows = rowsOf(view, room, news, now);
  // What was said before is not news.
  const [isSettled, setSettled] = useState(false);
  useEffect(() => setSettled(view.load === 'ready'), [view.load]);
  const below = atEnd ? 0 : unseen(view, readUpTo(room.token) ?? 0);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="relative flex min-h-0 flex-1 flex-col">
        <ScrollRegion
          ref={log}
          role="log"
          aria-live={isSettled && atEnd ? 'polite' : 'off'}
          aria-label={chatStrings.log}
          aria-busy={view.load === 'loading'}
          onScroll={onScroll}
          className="flex min-h-0 flex-1 flex-col overflow-y-auto p-2 outline-offset-[-2px] [overflow-anchor:none]"
        >
          <div className="mt-auto" />
          <Beginning view={view} isEmpty={rows.length === 0} onAgain={() => void store.load()} onOlder={loadOlder} />
          {rows.map((row) => (
            <Row key={row.key} row={row} chat={chat} tools={tools} />
          ))}
        </ScrollRegion>
        {below > 0 && (
          <Button small className="absolute bottom-2 self-center bg-raised shadow-2" onClick={toEnd}>
            {chatStrings.toNewest(below)}
          </Button>
        )}
      </div>
      <ChatWriting writers={chat.writers} people={room.people} />
      <ChatComposer chat={chat} tools={tools} onSaid={toEnd} />
    </div>
  );
}

/** Messages that came while the reader was further up. */
function unseen({ messages }: ChatView, read: number): number {
  return messages.filter(({ n }) => n > read).length;
}

function Row({ row, chat, tools }: { row: ChatRow; chat: ReturnType<typeof chatOf>; tools: RoomTools }) {
  switch (row.kind) {
    case 'day':
      return <p className="px-2 pt-3 pb-1 text-center text-xs text-ink-3">{row.words}</p>;
    case 'unread':
      return (
        <div className="flex items-center gap-2.5 p-2 text-xs font-semibold text-accent">
          <span aria-hidden="true" className="h-px flex-1 bg-line" />
          {chatStrings.fresh(row.count)}
          <span aria-hidden="true" className="h-px flex-1 bg-line" />
        </div>
      );
    case 'said':
    case 'waiting':
      return <ChatMessageRow row={row} chat={chat} tools={tools} />;
  }
}

interface BeginningProps {
  view: ChatView;
  isEmpty: boolean;
  onAgain: () => void;
  onOlder: () => void;
}

/** What stands above the first message. */
function Beginning({ view, isEmpty, onAgain, onOlder }: BeginningProps) {
  const isLate = useLater(400);
  if (view.load === 'failed') {
    return (
      <div className="grid justify-items-center gap-2 p-4 text-center text-ink-2">
        <p>{chatStrings.failed}</p>
        <Button small onClick={onAgain}>
          {chatStrings.again}
        </Button>
      </div>
    );
  }
  if (isEmpty) {
    if (view.load === 'ready') return <p className="mb-auto p-4 text-center text-ink-2">{chatStrings.empty}</p>;
    return isLate ? <p className="mb-auto p-4 text-center text-ink-2">{chatStrings.loading}</p> : null;
  }
  switch (view.older) {
    case 'none':
      return null;
    case 'some':
    case 'loading':
      return <p className="p-2 text-center text-xs text-ink-3">{chatStrings.older}</p>;
    case 'failed':
      return (
        <div className="grid justify-items-center gap-2 p-2 text-center text-ink-2">
          <p>{chatStrings.olderFailed}</p>
          <Button small onClick={onOlder}>
            {chatStrings.again}
          </Button>
        </div>
      );
  }
}

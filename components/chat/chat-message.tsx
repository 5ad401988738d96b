'use client';

import type { RoomTools } from '../room/room-tools.ts';
import type { Chat } from './chat-of.ts';
import type { ChatRow } from './chat-row.ts';
import { chatStrings } from './chat-strings.ts';
import { jumpTo } from './jump.ts';
import { LineQuote } from './line-quote.tsx';
import { timeOf } from './moment.ts';
import { SaidBy } from './said-by.tsx';
import { SaidText } from './said-text.tsx';
import { UnsentWords } from './unsent-words.tsx';

export interface ChatMessageProps {
  row: Extract<ChatRow, { kind: 'said' | 'waiting' }>;
  chat: Chat;
  tools: RoomTools;
}

/** One message: who, when, the line that it is about, and the words. */
export function ChatMessageRow({ row, chat, tools }: ChatMessageProps) {
  const { message } = row;
  return (
    <div className="px-2 py-1.25 text-md leading-normal">
      <SaidBy
        name={message.name}
        color={message.color}
        at={row.kind === 'said' ? message.at : null}
        when={timeOf(message.at)}
      />
      <RowQuote row={row} chat={chat} tools={tools} />
      <SaidText text={message.text} />
      {row.kind === 'waiting' && (
        <UnsentWords
          unsent={row.state}
          onRetry={() => chat.store.retry(message.id)}
          onDrop={() => chat.store.drop(message.id)}
        />
      )}
    </div>
  );
}

function RowQuote({ row, chat, tools }: ChatMessageProps) {
  if (row.kind === 'waiting') return row.quote === null ? null : <LineQuote text={row.quote} gone={false} />;
  const { id, quote } = row.message;
  if (quote === undefined) return null;
  const place = chat.store.anchors.placeOf(id);
  const isGone = place !== null && place.from === place.to;
  if (quote.gone !== null || isGone) return <LineQuote text={quote.text} gone={quote.gone ?? true} />;
  // Pressed later, when it may have moved.
  const jump = () => {
    const now = chat.store.anchors.placeOf(id);
    if (now === null || now.from === now.to) tools.say(chatStrings.gone);
    else jumpTo(tools, now);
  };
  return <LineQuote text={quote.text} gone={false} {...(place !== null && { onJump: jump })} />;
}

import type { ChatMessage, RoomView, Unanswered } from '../../lib/client/index.ts';
import type { ChatView } from './chat-store.ts';
import { dayOf } from './moment.ts';
import type { News } from './use-reading.ts';

/** One line of the chat, from top to bottom. */
export type ChatRow =
  | { kind: 'day'; key: string; words: string }
  /** What follows is new to whoever reads. */
  | { kind: 'unread'; key: string; count: number }
  | { kind: 'said'; key: string; message: ChatMessage }
  | { kind: 'waiting'; key: string; message: Omit<ChatMessage, 'n' | 'quote'>; quote: string | null; state: Unsent };

/** Why a message is not there yet. */
export type Unsent =
  { kind: 'sending' } | { kind: 'offline' } | { kind: 'locked' } | { kind: 'notSent'; why: string | null };

/** `news`: what was new when somebody began to look; null: no line between old and new. */
export function rowsOf(chat: ChatView, room: RoomView, news: News | null, now: number): ChatRow[] {
  const rows: ChatRow[] = [];
  let day = '';
  const under = (at: number) => {
    const words = dayOf(at, now);
    if (words !== day) rows.push({ kind: 'day', key: `day ${words}`, words });
    day = words;
  };
  const fresh =
    news === null ? [] : chat.messages.filter(({ n, author }) => n > news.after && n <= news.to && author !== room.you);
  for (const message of chat.messages) {
    under(message.at);
    if (message === fresh[0]) rows.push({ kind: 'unread', key: 'unread', count: fresh.length });
    rows.push({ kind: 'said', key: message.id, message });
  }
  for (const { id, text, quote, state } of chat.waiting) {
    under(now);
    const { name, color } = room.me;
    const message = { id, author: room.you ?? 0, name, color, at: now, text };
    rows.push({ kind: 'waiting', key: id, message, quote, state: unsentOf(state, room) });
  }
  return rows;
}

/** Why what has `state` in its queue is not there yet. */
export function unsentOf(state: Unanswered['state'], { status, locked, online }: RoomView): Unsent {
  if (state.kind === 'refused') return { kind: 'notSent', why: state.why };
  if (status.kind === 'lost') return { kind: 'notSent', why: null };
  if (!online) return { kind: 'offline' };
  return locked ? { kind: 'locked' } : { kind: 'sending' };
}

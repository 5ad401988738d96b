import type { Anchor } from '../../lib/protocol/index.ts';
import { frameOf } from '../room/frame.ts';
import type { StoredChat, StoredThread } from '../storage/notes.ts';

/** A chat message as people are told it; `quote` null: it has none. */
export function chatMessage({ n, id, author, name, color, at, text }: StoredChat, quote: Anchor | null) {
  return { n, id, author, name, color, at, text, ...(quote && { quote }) };
}

/** A thread as people are told it. */
export function threadOf({ id, resolved, comments }: StoredThread, anchor: Anchor) {
  return { id, anchor, resolved, comments };
}

/** Says that a thread is gone. */
export function endedFrame(id: string, rev: number): Buffer {
  const anchor = { from: 0, to: 0, text: '', gone: null };
  return frameOf({ t: 'thread', rev, thread: { id, anchor, resolved: null, comments: [], ended: true } });
}

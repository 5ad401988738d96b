import type { EditorView } from '@codemirror/view';
import type { RoomClient } from '../../lib/client/index.ts';
import { valueStore, type ValueStore } from '../ui/value-store.ts';
import { randomToken } from '../ui/tokens.ts';
import { ChatStore } from './chat-store.ts';
import { keepUnsent } from './keep-unsent.ts';
import { readChat } from './notes-api.ts';
import { Writers } from './writers.ts';

/** What somebody is about to say. */
export interface ChatDraft {
  text: string;
  /** The words of a passage that `ChatStore.anchors` follows as `DRAFT`. */
  quote: string | null;
}

/** Under which id the passage of a draft is followed. */
export const DRAFT = 'draft';

export interface Chat {
  store: ChatStore;
  /** Outlives the panel, and its words the tab. */
  draft: ValueStore<ChatDraft>;
  writers: Writers;
}

const chats = new WeakMap<RoomClient, Chat>();

/** The chat of an open room; begun when it is first asked for, and gone with the client. */
export function chatOf(client: RoomClient, editor: () => EditorView | null): Chat {
  const known = chats.get(client);
  if (known !== undefined) return known;
  const store = new ChatStore(client, { read: readChat, after, newId: () => randomToken(), editor });
  const writers = new Writers(client, { now: () => performance.now(), after });
  const chat = { store, draft: valueStore<ChatDraft>({ text: '', quote: null }), writers };
  keepUnsent(client.view().token, chat);
  chats.set(client, chat);
  return chat;
}

/** A timer of the browser. Returns how to cancel. */
export function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

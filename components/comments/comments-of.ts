import type { EditorView } from '@codemirror/view';
import type { RoomClient } from '../../lib/client/index.ts';
import { after } from '../chat/chat-of.ts';
import { readThreads } from '../chat/notes-api.ts';
import { rememberUnsent, unsentIn } from '../chat/unsent.ts';
import { randomToken } from '../ui/tokens.ts';
import { CommentStore } from './comment-store.ts';

const stores = new WeakMap<RoomClient, CommentStore>();

/** The comments of an open room; begun when they are first asked for, and gone with the client. */
export function commentsOf(client: RoomClient, editor: () => EditorView | null): CommentStore {
  const known = stores.get(client);
  if (known !== undefined) return known;
  const { token } = client.view();
  const place = (quote: string) => `passage:${quote}`;
  const store = new CommentStore(client, {
    read: readThreads,
    after,
    newId: () => randomToken(),
    now: () => Date.now(),
    editor,
    unsent: (quote) => unsentIn(token)[place(quote)] ?? '',
    keep: (quote, text) => rememberUnsent(token, place(quote), text),
  });
  stores.set(client, store);
  return store;
}

/** May this screen say something? */
export function mayComment({ role, locked, status }: ReturnType<RoomClient['view']>): boolean {
  return role !== 'view' && !locked && status.kind !== 'lost';
}

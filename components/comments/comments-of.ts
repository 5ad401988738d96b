import type { EditorView } from '@codemirror/view';
import type { RoomClient } from '../../lib/client/index.ts';
import { after } from '../chat/chat-of.ts';
import { readThreads } from '../chat/notes-api.ts';
import { randomToken } from '../ui/tokens.ts';
import { CommentStore } from './comment-store.ts';

const stores = new WeakMap<RoomClient, CommentStore>();

/** The comments of an open room; begun when they are first asked for, and gone with the client. */
export function commentsOf(client: RoomClient, editor: () => EditorView | null): CommentStore {
  const known = stores.get(client);
  if (known !== undefined) return known;
  const world = { read: readThreads, after, newId: () => randomToken(), now: () => Date.now(), editor };
  const store = new CommentStore(client, world);
  stores.set(client, store);
  return store;
}

/** May this screen say something? */
export function mayComment({ role, locked, status }: ReturnType<RoomClient['view']>): boolean {
  return role !== 'view' && !locked && status.kind !== 'lost';
}

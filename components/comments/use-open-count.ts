import { useSyncExternalStore } from 'react';
import type { RoomTools } from '../room/room-tools.ts';
import { commentsOf } from './comments-of.ts';

const never = () => () => undefined;

/** How many comments are open; what the welcome said, until they are fetched. */
export function useOpenCount({ client, view, editor }: RoomTools): number {
  const store = client === null ? null : commentsOf(client, editor);
  const comments = useSyncExternalStore(store?.subscribe ?? never, store?.view ?? none, none);
  if (comments === null || comments.load === 'idle' || comments.load === 'loading') return view.threads;
  return comments.threads.filter(({ resolved }) => resolved === null).length;
}

function none(): null {
  return null;
}

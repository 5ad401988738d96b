import { useSyncExternalStore } from 'react';
import type { RoomView } from '../../lib/client/index.ts';
import { readChanges, readUpTo } from './read-position.ts';

/** How many messages of the chat nobody at this browser has seen. */
export function useUnread({ token, chat }: RoomView): number {
  useSyncExternalStore(readChanges.subscribe, readChanges.get, readChanges.get);
  return chat === 0 ? 0 : Math.max(0, chat - (readUpTo(token) ?? 0));
}

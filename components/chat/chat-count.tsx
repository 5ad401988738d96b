'use client';

import type { RoomTools } from '../room/room-tools.ts';
import { digits } from '../strings.ts';
import { chatStrings } from './chat-strings.ts';
import { useUnread } from './use-unread.ts';

/** How many messages are new, on the chat's tab. */
export function ChatCount({ tools }: { tools: RoomTools }) {
  const unread = useUnread(tools.view);
  if (unread === 0) return null;
  return (
    <small className="ms-1.25 text-2xs font-bold text-accent">
      <span aria-hidden="true">{digits(unread)}</span>
      <span className="sr-only">, {chatStrings.unread(unread)}</span>
    </small>
  );
}

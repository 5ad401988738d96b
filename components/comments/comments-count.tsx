'use client';

import type { RoomTools } from '../room/room-tools.ts';
import { digits } from '../strings.ts';
import { commentsStrings } from './comments-strings.ts';
import { useOpenCount } from './use-open-count.ts';

/** How many comments are open, on their tab. */
export function CommentsCount({ tools }: { tools: RoomTools }) {
  const open = useOpenCount(tools);
  if (open === 0) return null;
  return (
    <small className="ms-1.25 text-2xs font-medium">
      <span aria-hidden="true">{digits(open)}</span>
      <span className="sr-only">, {commentsStrings.openCount(open)}</span>
    </small>
  );
}

'use client';

import { useEffect, useState } from 'react';
import type { RoomTools, ToolPart } from '../room/room-tools.ts';
import { lazyPart, Part } from '../ui/lazy-part.tsx';

const companion: ToolPart = lazyPart(
  () => import('../room/part-files.ts').then((files) => files.commentsCompanion()),
  'when-used',
);

/** Fetches the comments when there are some, when their tab opens, or when somebody selects words that could get one. */
function CommentsGate({ tools }: { tools: RoomTools }) {
  const [isWanted, want] = useState(false);
  const isDue = isWanted || tools.view.threads > 0 || tools.surfaces.panel === 'comments';
  useEffect(() => {
    // Once in use they stay.
    if (isDue) return want(true);
    const look = () => {
      if (document.activeElement?.closest('#text') && getSelection()?.isCollapsed === false) want(true);
    };
    document.addEventListener('selectionchange', look);
    return () => document.removeEventListener('selectionchange', look);
  }, [isDue]);
  return isDue ? <Part part={companion} props={{ tools }} /> : null;
}

/** Always there, and next to nothing. */
export const commentsGate: ToolPart = { fetch: () => Promise.resolve(CommentsGate), here: () => CommentsGate };

'use client';

import type { EditorView } from '@codemirror/view';
import { MessageSquarePlus } from 'lucide-react';
import { useCallback } from 'react';
import { createPortal } from 'react-dom';
import type { RoomTools } from '../room/room-tools.ts';
import { Button } from '../ui/button.tsx';
import { InSlot } from '../ui/slot.tsx';
import { commentsStrings } from './comments-strings.ts';
import { useMargin } from './use-margin.ts';

/** What the button takes, in px. */
const WIDTH_PX = 110;

/** A quiet "Comment" beside selected words: in the right margin, or below the text where there is none. */
export function CommentAffordance({ tools, onBegin }: { tools: RoomTools; onBegin: () => void }) {
  const where = useCallback((view: EditorView) => {
    const { empty, head } = view.state.selection.main;
    return empty || !view.hasFocus ? null : head;
  }, []);
  const margin = useMargin(tools, 'comment-affordance', where);
  const scroller = tools.editor()?.scrollDOM;
  if (margin === null || scroller === undefined) return null;
  const fits = margin.width >= WIDTH_PX;
  const button = (
    <Button
      small
      look={fits ? 'quiet' : 'plain'}
      // The words stay selected.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onBegin}
    >
      <MessageSquarePlus size={14} aria-hidden="true" />
      {fits ? commentsStrings.comment : commentsStrings.commentOnSelection}
    </Button>
  );
  if (!fits) {
    return (
      <InSlot name="strip">
        <div className="flex justify-end border-t border-line bg-surface px-3 py-1.5">{button}</div>
      </InSlot>
    );
  }
  return createPortal(
    <div className="absolute z-200 font-sans text-sm" style={{ left: margin.left, top: margin.top }}>
      {button}
    </div>,
    scroller,
  );
}

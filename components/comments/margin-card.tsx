'use client';

import { useRef, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import type { RoomTools } from '../room/room-tools.ts';
import { useEscape } from '../ui/use-escape.ts';
import { commentsStrings } from './comments-strings.ts';
import type { CommentStore } from './comment-store.ts';
import { useStepKeys } from './comment-steps.ts';
import type { MarginPlace } from './margin.ts';

/** The least and the most that a card is wide, in px. */
export const NARROWEST_PX = 220;
const WIDEST_PX = 312;
/** Its first line stands beside the passage's. */
const RAISE_PX = 10;

export interface MarginCardProps {
  tools: RoomTools;
  store: CommentStore;
  margin: MarginPlace;
  children: ReactNode;
}

/** Holds what was said beside its passage, and scrolls with the text. Esc leads back into it. */
export function MarginCard({ tools, store, margin, children }: MarginCardProps) {
  const card = useRef<HTMLDivElement>(null);
  useEscape(card, () => {
    store.focus(null);
    tools.editor()?.focus();
  });
  useStepKeys(card, store, tools);
  const scroller = tools.editor()?.scrollDOM;
  if (scroller === undefined) return null;
  return createPortal(
    <div
      ref={card}
      role="group"
      aria-label={commentsStrings.beside}
      className="absolute z-200 pb-6 font-sans text-sm"
      style={{ left: margin.left, top: margin.top - RAISE_PX, width: Math.min(margin.width, WIDEST_PX) }}
    >
      {children}
    </div>,
    scroller,
  );
}

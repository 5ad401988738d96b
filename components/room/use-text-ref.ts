import { useEffect, useRef, type RefObject } from 'react';
import type { RoomTools } from './room-tools.ts';

/** The text, as what led to a dialog that a key can open: it gets the focus back. */
export function useTextRef({ editor }: RoomTools): RefObject<HTMLElement | null> {
  const text = useRef<HTMLElement | null>(null);
  useEffect(() => {
    text.current = editor()?.contentDOM ?? null;
  });
  return text;
}

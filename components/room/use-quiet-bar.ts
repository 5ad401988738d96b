import { useEffect, useRef, type RefObject } from 'react';

/** Without a pointer for this long, somebody who types is only writing. */
const POINTER_MS = 2000;

/** While somebody writes, the bar's icons step back; the first move of a pointer brings them back. */
export function useQuietBar(): RefObject<HTMLElement | null> {
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    let lastMove = performance.now();
    const move = () => {
      lastMove = performance.now();
      bar.current?.classList.remove('bar-quiet');
    };
    const key = (event: KeyboardEvent) => {
      const inText = event.target instanceof Element && event.target.closest('#text') !== null;
      const writes = inText && event.key.length === 1 && !event.ctrlKey && !event.metaKey;
      if (writes && performance.now() - lastMove > POINTER_MS) bar.current?.classList.add('bar-quiet');
    };
    window.addEventListener('pointermove', move, { passive: true });
    window.addEventListener('keydown', key);
    return () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('keydown', key);
    };
  }, []);
  return bar;
}

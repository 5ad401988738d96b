import { useEffect, useRef, type RefObject } from 'react';

/** Calls `run` for Esc pressed inside of `area`, unless something in there has taken the key for itself. */
export function useEscape(area: RefObject<HTMLElement | null>, run: () => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || !(event.target instanceof Node)) return;
      if (area.current?.contains(event.target) === true) latest.current();
    };
    window.addEventListener('keydown', key);
    return () => window.removeEventListener('keydown', key);
  }, [area]);
}

import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** So near to the end, in px, a log is followed; so near to its beginning older rows are wanted. */
const NEAR_PX = 48;

export interface LogScroll {
  log: RefObject<HTMLDivElement | null>;
  onScroll: () => void;
  /** Is the newest row in view? */
  atEnd: boolean;
  toEnd: () => void;
}

/**
 * Keeps the end of a log in view while its reader is there, and what they read in place while rows come in above. `first`,
 * `last`: change with the first and last row.
 */
export function useLogScroll(first: string, last: string, onStart: () => void): LogScroll {
  const log = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const before = useRef({ first, height: 0 });
  const toEnd = useCallback(() => {
    const element = log.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, []);
  useLayoutEffect(() => {
    const element = log.current;
    if (element === null) return;
    if (atEnd) element.scrollTop = element.scrollHeight;
    else if (before.current.first !== first) element.scrollTop += element.scrollHeight - before.current.height;
    before.current = { first, height: element.scrollHeight };
    // All of it in view: nobody could scroll up for more.
    if (element.scrollHeight <= element.clientHeight) onStart();
  }, [first, last, atEnd, onStart]);
  const onScroll = () => {
    const element = log.current;
    if (element === null) return;
    setAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight <= NEAR_PX);
    if (element.scrollTop <= NEAR_PX) onStart();
  };
  return { log, onScroll, atEnd, toEnd };
}

import { useEffect, useRef, useState } from 'react';
import { readUpTo, rememberRead } from './read-position.ts';

/** The messages that were new when somebody began to look: behind number `after`, up to number `to`. */
export interface News {
  after: number;
  to: number;
}

/**
 * Remembers what is read: everything up to `newest` while the page is looked at and `atEnd`. Returns what was new when the chat
 * was opened, or when the page was looked at again; null for somebody who never read it before.
 */
export function useReading(token: string, newest: number, atEnd: boolean): News | null {
  const [news, setNews] = useState<News | null>(() => newsOf(token, newest));
  const latest = useRef(newest);
  useEffect(() => {
    latest.current = newest;
    if (document.visibilityState === 'visible' && atEnd) rememberRead(token, newest);
  }, [token, newest, atEnd]);
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'hidden') setNews(newsOf(token, Infinity));
      else setNews((before) => before && { ...before, to: Math.min(before.to, latest.current) });
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [token]);
  return news;
}

function newsOf(token: string, to: number): News | null {
  const after = readUpTo(token);
  return after === null ? null : { after, to };
}

import { useEffect, useState } from 'react';

/** Often enough for words such as "today, 14:05". In ms. */
const TICK_MS = 10_000;

/** The time of day, as Unix milliseconds, that the words of a component may go by; it moves on every few seconds. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

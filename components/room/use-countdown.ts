import { useEffect, useState } from 'react';

/** Seconds that are left of a wait, counting down to 0; `start` begins one anew. */
export function useCountdown(): { left: number; start: (seconds: number) => void } {
  const [end, setEnd] = useState<number | null>(null);
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (end === null) return;
    const look = () => {
      const seconds = Math.max(0, Math.ceil((end - performance.now()) / 1000));
      setLeft(seconds);
      if (seconds === 0) setEnd(null);
    };
    look();
    // Often enough that no second is skipped when a timer comes late.
    const timer = setInterval(look, 250);
    return () => clearInterval(timer);
  }, [end]);
  return {
    left,
    start(seconds) {
      setLeft(seconds);
      setEnd(performance.now() + seconds * 1000);
    },
  };
}

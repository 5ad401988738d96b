import { useEffect, useState } from 'react';

/**
 * How many CSS pixels of the page's lower end a phone's keyboard covers. Where the page itself becomes lower it covers none;
 * where only what one sees of it does (Safari), this is what a bar has to move up by.
 */
export function useAboveKeyboard(): number {
  const [covered, setCovered] = useState(0);
  useEffect(() => {
    const seen = window.visualViewport;
    if (seen === null) return;
    const look = () => {
      // Zoomed in with two fingers there is less to see too, without any keyboard.
      const zoomed = seen.scale > ZOOMED;
      setCovered(zoomed ? 0 : Math.max(0, Math.round(window.innerHeight - seen.height - seen.offsetTop)));
    };
    look();
    seen.addEventListener('resize', look);
    seen.addEventListener('scroll', look);
    return () => {
      seen.removeEventListener('resize', look);
      seen.removeEventListener('scroll', look);
    };
  }, []);
  return covered;
}

/** Browsers say 1 with some rounding. */
const ZOOMED = 1.05;

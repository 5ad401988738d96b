import { useEffect, useRef } from 'react';
import type { RoomView } from '../../lib/client/index.ts';

/** The list of people follows the welcome at once; an empty room is empty after this long, in ms. */
const EMPTY_MS = 500;

/** Was this page alone in its room for a while? Then whoever is here now has come since. */
export function useWasAlone({ online, people }: RoomView): () => boolean {
  const wasAlone = useRef(false);
  const isAlone = online && people.length === 0;
  useEffect(() => {
    if (!isAlone) return;
    const timer = setTimeout(() => (wasAlone.current = true), EMPTY_MS);
    return () => clearTimeout(timer);
  }, [isAlone]);
  return () => wasAlone.current;
}

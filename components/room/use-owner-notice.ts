import { useEffect, useState } from 'react';
import type { RoomView } from '../../lib/client/index.ts';
import { ownerIsUntold, rememberTold } from './known-rooms.ts';

/** After the first save, so that it does not come between somebody and their first words. In ms. */
const LATER_MS = 4_000;

/** Is it time to tell whoever made this room of the owner link? Once for each room, until `done` is called. */
export function useOwnerNotice({ token, status, rev }: RoomView): { due: boolean; done: () => void } {
  const [due, setDue] = useState(false);
  const saved = status.kind === 'saved' && rev > 0;
  useEffect(() => {
    if (!saved || !ownerIsUntold(token)) return;
    const timer = setTimeout(() => {
      rememberTold(token);
      setDue(true);
    }, LATER_MS);
    return () => clearTimeout(timer);
  }, [saved, token]);
  return { due, done: () => setDue(false) };
}

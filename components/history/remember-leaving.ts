import type { RoomView } from '../../lib/client/index.ts';
import { rememberVisit } from './visits.ts';

type Seen = Pick<RoomView, 'token' | 'rev'>;

/** Remembers how far the room had come whenever the page is left or put aside. Returns how to stop, which counts as leaving. */
export function rememberLeaving(
  facts: () => Seen,
  page: Pick<Document, 'addEventListener' | 'removeEventListener' | 'visibilityState'> = document,
): () => void {
  const leave = () => {
    const { token, rev } = facts();
    if (rev > 0) rememberVisit(token, { rev, at: Date.now() });
  };
  const hide = () => {
    if (page.visibilityState === 'hidden') leave();
  };
  // A browser that is killed says no goodbye: what is on the screen now was seen at least.
  leave();
  page.addEventListener('visibilitychange', hide);
  window.addEventListener('pagehide', leave);
  return () => {
    page.removeEventListener('visibilitychange', hide);
    window.removeEventListener('pagehide', leave);
    leave();
  };
}

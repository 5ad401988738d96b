import { useEffect } from 'react';
import type { RoomView } from '../../lib/client/index.ts';

/** Asks before the page is left, only while leaving would lose letters: unacknowledged ones that no journal holds. */
export function useLeaveWarning(view: RoomView): void {
  const wouldLose = view.unsaved > 0 && view.journal !== 'ok';
  useEffect(() => {
    if (!wouldLose) return;
    const ask = (event: BeforeUnloadEvent) => {
      event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [wouldLose]);
}

import { useEffect, useState } from 'react';
import type { Entrance } from './room-app.tsx';
import { tokenInAddress } from './token-in-address.ts';

/** How to open what this browser has of a room that the server does not open any more; null unless some of it was never sent. */
export function useUnsentHere(): Entrance | null {
  const [entrance, setEntrance] = useState<Entrance | null>(null);
  useEffect(() => {
    const token = tokenInAddress();
    if (token === null) return;
    // A journal that cannot be read has nothing of this room.
    hasUnsent(token).then(
      (unsent) => unsent && setEntrance({ kind: 'offline' }),
      () => undefined,
    );
  }, []);
  return entrance;
}

async function hasUnsent(token: string): Promise<boolean> {
  const { rows } = await import('../journal/records.ts');
  return (await rows(token)).some((row) => row.pending);
}

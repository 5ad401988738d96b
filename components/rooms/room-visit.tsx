'use client';

import { useEffect } from 'react';
import type { RoomTools } from '../room/room-tools.ts';
import { recordVisit } from './record-visit.ts';

/** Writes down in this browser that the room is open; there is nothing to see. */
export function RoomVisit({ tools: { client } }: { tools: RoomTools }) {
  useEffect(() => {
    if (client === null) return;
    const stop = recordVisit(client, {
      now: () => Date.now(),
      after: (ms, run) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    });
    // A page that is left for another room is not unmounted.
    window.addEventListener('pagehide', stop, { once: true });
    return () => {
      window.removeEventListener('pagehide', stop);
      stop();
    };
  }, [client]);
  return null;
}

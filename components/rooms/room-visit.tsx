'use client';

import { useEffect } from 'react';
import { printByMenu } from '../papers/print-by-menu.ts';
import type { RoomTools } from '../room/room-tools.ts';
import { recordVisit } from './record-visit.ts';

/** What a room has that is open for more than a moment: it is written down in this browser, and can be printed by its menu. Nothing to see. */
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
  useEffect(() => (client === null ? undefined : printByMenu(() => client.text())), [client]);
  return null;
}

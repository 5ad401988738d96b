'use client';

import { useEffect } from 'react';
import { printByMenu } from '../papers/print-by-menu.ts';
import { isProse } from '../editor/language-guess.ts';
import type { RoomTools } from '../room/room-tools.ts';
import { lineDirection } from '../writing/line-direction.ts';
import { recordVisit } from './record-visit.ts';

/** What a room has that is open for more than a moment: it is written down in this browser, can be printed by its menu, and its lines know which way they run. */
export function RoomVisit({ tools: { client, language, extend } }: { tools: RoomTools }) {
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
  const isText = isProse(language);
  useEffect(() => extend('direction', isText ? lineDirection : null), [isText, extend]);
  return null;
}

'use client';

import { History, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { RoomTools } from '../room/room-tools.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { InSlot } from '../ui/slot.tsx';
import { historyApi } from './history-api.ts';
import { historyStrings } from './history-strings.ts';
import { dateWords, timeWords } from './moment-words.ts';
import { missedSince } from './missed-since.ts';
import type { Visit } from './visits.ts';
import { historyWish } from './wishes.ts';

export interface VisitOfferProps {
  tools: RoomTools;
  /** The last one, before this. */
  visit: Visit;
}

/** Offers to show what others have written since the last visit, if they have. */
export function VisitOffer({ tools, visit }: VisitOfferProps) {
  const { view, surfaces } = tools;
  const [missed, setMissed] = useState<Visit | null>(null);
  const [first] = useState(view);
  useEffect(() => {
    let gone = false;
    missedSince(visit, first, (from, to) => historyApi(first.token).entries(from, to)).then(
      (found) => {
        if (!gone) setMissed(found);
      },
      // An offer only: the history itself says what is wrong.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [visit, first]);
  const writes = view.unsaved > 0;
  const looksBack = surfaces.drawer === 'history';
  useEffect(() => {
    if (writes || looksBack) setMissed(null);
  }, [writes, looksBack]);
  if (missed === null) return null;
  const t = historyStrings.visit;
  return (
    <InSlot name="strip">
      <div
        role="status"
        className="flex min-h-10 items-center justify-center gap-2 border-t border-line bg-surface px-4 py-1 text-ink-2 max-tablet:px-3"
      >
        <History size={16} aria-hidden="true" />
        <span className="min-w-0">{t.offer(dateWords(missed.at), timeWords(missed.at))}</span>
        <Button
          small
          look="link"
          onClick={() => {
            historyWish.set({ kind: 'since', rev: missed.rev });
            tools.show({ drawer: 'history' });
          }}
        >
          {t.show}
        </Button>
        <IconButton label={t.dismiss} onClick={() => setMissed(null)}>
          <X size={16} aria-hidden="true" />
        </IconButton>
      </div>
    </InSlot>
  );
}

'use client';

import { History, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { RoomTools } from '../room/room-tools.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { InSlot } from '../ui/slot.tsx';
import { historyApi } from './history-api.ts';
import { historyStrings } from './history-strings.ts';
import { dateWords, timeWords } from './moment-words.ts';
import { missedSince, rememberLeaving } from './visit-watch.ts';
import { lastVisit, type Visit } from './visits.ts';
import { historyWish } from './wishes.ts';

/** Remembers each visit, and offers to show what others have written since the last one. */
export function VisitOffer({ tools }: { tools: RoomTools }) {
  const { view, surfaces } = tools;
  const [missed, setMissed] = useState<Visit | null>(null);
  const latest = useRef(view);
  useEffect(() => {
    latest.current = view;
  });
  useEffect(() => {
    let gone = false;
    const facts = () => latest.current;
    missedSince(lastVisit(view.token), facts(), (from, to) => historyApi(view.token).entries(from, to)).then(
      (visit) => {
        if (!gone) setMissed(visit);
      },
      // An offer only: the history itself says what is wrong.
      () => undefined,
    );
    const stop = rememberLeaving(facts);
    return () => {
      gone = true;
      stop();
    };
  }, [view.token]);
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

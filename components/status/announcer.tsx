'use client';

import { useEffect, useRef, useState } from 'react';
import type { RoomView } from '../../lib/client/index.ts';
import { strings } from '../strings.ts';
import { isTrouble } from './status-words.ts';

/** What eyes see happen to the text, for those who listen: trouble and its end. Of people speaks PeopleAnnouncer. */
export function Announcer({ view }: { view: RoomView }) {
  const status = useStatusSentence(view);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {status}
    </div>
  );
}

function useStatusSentence(view: RoomView): string {
  const { kind } = view.status;
  const trouble = isTrouble(view.status);
  const [sentence, setSentence] = useState('');
  const was = useRef(false);
  const wasLocked = useRef(false);
  useEffect(() => {
    if (kind === 'lost') setSentence(strings.announce.lost);
    else if (kind === 'cannotWrite') setSentence(strings.announce.cannotWrite);
    else if (kind === 'full') setSentence(strings.status.full);
    else if (trouble) setSentence(strings.announce.offline);
    else if (kind === 'locked') setSentence(strings.announce.locked);
    else if (wasLocked.current) setSentence(strings.announce.unlocked);
    else if (was.current && kind === 'saved') setSentence(strings.announce.saved);
    wasLocked.current = kind === 'locked';
    if (trouble) was.current = true;
    else if (kind === 'saved') was.current = false;
  }, [kind, trouble]);
  return sentence;
}

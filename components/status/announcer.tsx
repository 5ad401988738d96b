'use client';

import { useEffect, useRef, useState } from 'react';
import type { RoomView } from '../../lib/client/index.ts';
import { strings } from '../strings.ts';
import { isTrouble } from './status-words.ts';

/** At most one sentence about people in this time: a room that fills up must not talk without end. */
const PEOPLE_MS = 5000;

/** What eyes see happen, for those who listen: trouble and its end; who came and went. */
export function Announcer({ view }: { view: RoomView }) {
  const status = useStatusSentence(view);
  const people = usePeopleSentence(view);
  return (
    <div className="sr-only">
      <div role="status" aria-live="polite">
        {status}
      </div>
      <div role="log" aria-live="polite" aria-label={strings.people.label}>
        {people}
      </div>
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

function usePeopleSentence(view: RoomView): string {
  const [sentence, setSentence] = useState('');
  const known = useRef<ReadonlyMap<number, string> | null>(null);
  const waiting = useRef<string[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const { people, online } = view;
  useEffect(() => {
    if (!online) {
      // Who comes and goes meanwhile is not known; the list after the next welcome is a fresh start.
      known.current = null;
      return;
    }
    const now = new Map(people.map((person) => [person.author, person.name]));
    const before = known.current;
    known.current = now;
    if (before === null) return;
    for (const [author, name] of now) if (!before.has(author)) waiting.current.push(strings.announce.joined(name));
    for (const [author, name] of before) if (!now.has(author)) waiting.current.push(strings.announce.left(name));
    const speak = () => {
      timer.current = null;
      if (waiting.current.length === 0) return;
      setSentence(waiting.current.join(' '));
      waiting.current = [];
      timer.current = setTimeout(speak, PEOPLE_MS);
    };
    if (timer.current === null) speak();
  }, [people, online]);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );
  return sentence;
}

'use client';

import { useEffect, useRef, useState } from 'react';
import type { RoomView } from '../../lib/client/index.ts';
import type { RoomTools } from '../room/room-tools.ts';
import { strings } from '../strings.ts';
import { whereabouts } from './around.ts';
import { PeopleTalk } from './people-talk.ts';

const clock = {
  after(ms: number, run: () => void) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

export interface PeopleAnnouncerProps {
  tools: RoomTools;
  /** Have all who are here when this comes arrived since the page was opened? */
  wasAlone: () => boolean;
}

/** Says aloud who came and went, and, if somebody wants to hear everything, who is editing which line. */
export function PeopleAnnouncer({ tools, wasAlone }: PeopleAnnouncerProps) {
  const { view, preferences } = tools;
  const [said, setSaid] = useState({ words: '', n: 0 });
  const [talk] = useState(() => new PeopleTalk(clock, (words) => setSaid(({ n }) => ({ words, n: n + 1 }))));
  useEffect(() => () => talk.stop(), [talk]);
  useComingsAndGoings(view, talk, wasAlone);
  useEditing(view, preferences.announce === 'everything' ? talk : null);
  return (
    <div role="log" aria-live="polite" aria-label={strings.people.label} className="sr-only">
      {/* A sentence that comes twice is said twice: it is another paragraph. */}
      {said.words !== '' && <p key={said.n}>{said.words}</p>}
    </div>
  );
}

function useComingsAndGoings({ people, online }: RoomView, talk: PeopleTalk, wasAlone: () => boolean): void {
  const [atFirst] = useState(() => (wasAlone() ? new Map<number, string>() : null));
  const known = useRef<ReadonlyMap<number, string> | null>(atFirst);
  useEffect(() => {
    if (!online) {
      // Who comes and goes meanwhile is not known; the list after the next welcome is a fresh start.
      known.current = null;
      return;
    }
    const now = new Map(people.map(({ author, name }) => [author, name]));
    const before = known.current;
    known.current = now;
    if (before === null) return;
    for (const [author, name] of now) if (!before.has(author)) talk.joined(author, name);
    for (const [author, name] of before) if (!now.has(author)) talk.left(author, name);
  }, [people, online, talk]);
}

/** Lines come from `whereabouts`, so only while somebody looks after it. */
function useEditing({ people, typing }: RoomView, talk: PeopleTalk | null): void {
  const latest = useRef({ people, typing });
  useEffect(() => {
    latest.current = { people, typing };
  });
  useEffect(() => {
    if (talk === null) return;
    return whereabouts.subscribe(() => {
      const { people: all, typing: now } = latest.current;
      const places = whereabouts.get();
      for (const { author, name } of all) {
        const line = places.get(author)?.line ?? null;
        if (line !== null && now.has(author)) talk.editing(author, name, line);
      }
    });
  }, [talk]);
}

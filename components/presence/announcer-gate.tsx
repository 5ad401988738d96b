'use client';

import { useEffect, useState } from 'react';
import type { RoomTools, ToolPart } from '../room/room-tools.ts';
import { lazyPart, Part } from '../ui/lazy-part.tsx';
import type { PeopleAnnouncerProps } from './people-announcer.tsx';

const announcer = lazyPart<PeopleAnnouncerProps>(
  () => import('./people-announcer.tsx').then((file) => file.PeopleAnnouncer),
  'when-used',
);

/** Fetches what tells of the others when the first of them is here; it stays, to tell of the last one's leaving. */
function AnnouncerGate({ tools }: { tools: RoomTools }) {
  const { people, online } = tools.view;
  const [met, setMet] = useState<{ wasAlone: boolean } | null>(null);
  const [wasAlone, setWasAlone] = useState(false);
  useEffect(() => {
    if (online && people.length === 0) setWasAlone(true);
    else if (people.length > 0) setMet((before) => before ?? { wasAlone });
  }, [people, online, wasAlone]);
  return met === null ? null : <Part part={announcer} props={{ tools, wasAlone: met.wasAlone }} />;
}

/** Always there, and next to nothing. */
export const announcerGate: ToolPart = {
  fetch: () => Promise.resolve(AnnouncerGate),
  here: () => AnnouncerGate,
};

'use client';

import { useEffect } from 'react';
import type { RoomTools } from '../room/room-tools.ts';
import { authorCard } from './author-card.ts';
import { authorRuns } from './author-field.ts';
import { keepAuthorship } from './keep-authorship.ts';
import { readAuthorship } from './read-authorship.ts';
import { colouredText, thread } from './thread.ts';

/** Who wrote what: in the margin, and behind the letters too if somebody wants that. */
export function Authorship({ tools }: { tools: RoomTools }) {
  const { client, extend, preferences } = tools;
  useEffect(() => {
    if (client === null) return;
    const writer = { you: () => client.view().you ?? 0, now: () => Date.now() };
    extend('authorship', [authorRuns(writer), keepAuthorship(client, readAuthorship), thread(), authorCard()]);
    return () => extend('authorship', null);
  }, [client, extend]);
  const { authorText } = preferences;
  useEffect(() => {
    if (client === null || !authorText) return;
    extend('authorText', colouredText());
    return () => extend('authorText', null);
  }, [client, extend, authorText]);
  return null;
}

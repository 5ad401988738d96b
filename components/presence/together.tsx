'use client';

import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import type { RoomTools } from '../room/room-tools.ts';
import { followed } from './around.ts';
import { FollowingChip } from './following-chip.tsx';
import { NearbyHint } from './nearby-hint.tsx';
import { goToNextPerson } from './next-person.ts';
import { surroundings } from './surroundings.ts';
import { useFollowing } from './use-following.ts';
import { watchWhereabouts } from './watch-whereabouts.ts';

/** What the page does with the others, while there are any: rail, hint, following, and the keys that go from one to the next. */
export function Together({ tools }: { tools: RoomTools }) {
  const { client, editor, extend } = tools;
  const who = useSyncExternalStore(followed.subscribe, followed.get);
  useFollowing(tools, who);
  useEffect(() => (client === null ? undefined : watchWhereabouts(client, editor)), [client, editor]);
  useEffect(() => {
    extend('surroundings', surroundings());
    return () => extend('surroundings', null);
  }, [extend]);
  useNextPersonKeys(tools);
  return (
    <>
      {who !== null && <FollowingChip who={who} onStop={() => editor()?.focus()} />}
      <NearbyHint tools={tools} />
    </>
  );
}

/** Alt+PageDown and Alt+PageUp: no browser has them, and no keyboard writes a letter with them. */
function useNextPersonKeys(tools: RoomTools): void {
  const latest = useRef(tools);
  useLayoutEffect(() => {
    latest.current = tools;
  });
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (event.key !== 'PageDown' && event.key !== 'PageUp') return;
      event.preventDefault();
      goToNextPerson(latest.current, event.key === 'PageDown' ? 1 : -1);
    };
    window.addEventListener('keydown', key, true);
    return () => window.removeEventListener('keydown', key, true);
  }, []);
}

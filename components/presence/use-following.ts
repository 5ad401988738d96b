import { useEffect, useLayoutEffect, useRef } from 'react';
import type { RoomTools } from '../room/room-tools.ts';
import { followed, type Followed } from './around.ts';
import { goThere, keepInSight } from './go-there.ts';
import { ownMovement } from './own-movement.ts';
import { presenceStrings } from './presence-strings.ts';

const stop = () => followed.set(null);

/**
 * Keeps the caret of `who` in sight until Esc, a movement of one's own, or until they leave. The own caret stays where it is.
 * While the network is away nobody's place is known, and following waits.
 */
export function useFollowing(tools: RoomTools, who: Followed | null): void {
  const { client, editor, extend, say, view } = tools;
  const latest = useRef(tools);
  useLayoutEffect(() => {
    latest.current = tools;
  });
  useEffect(() => {
    if (client === null || who === null) return;
    goThere(latest.current, who);
    const stopCarets = client.onCarets(() => {
      const now = editor();
      if (now !== null) keepInSight(now, who.authors);
    });
    extend('following', ownMovement(stop));
    // Before the text sees it: the vim keys then do with it what they always do. A layer closes first; a panel stays open.
    const key = (event: KeyboardEvent) => {
      const within = (selector: string) => event.target instanceof Element && event.target.closest(selector) !== null;
      if (event.key !== 'Escape' || within('[role="dialog"]')) return;
      stop();
      if (within('aside')) event.preventDefault();
    };
    window.addEventListener('keydown', key, true);
    return () => {
      stopCarets();
      extend('following', null);
      window.removeEventListener('keydown', key, true);
    };
  }, [client, who, editor, extend]);

  // With the last of the others all of this goes, and so does whoever was followed.
  useEffect(
    () => () => {
      const gone = followed.get();
      stop();
      if (gone !== null && client?.view().people.length === 0) say(presenceStrings.following.left(gone.name));
    },
    [client, say],
  );
  const here = view.people.some(({ author }) => who?.authors.includes(author) === true);
  useEffect(() => {
    if (who === null || !view.online || here) return;
    stop();
    say(presenceStrings.following.left(who.name));
  }, [who, here, view.online, say]);
}

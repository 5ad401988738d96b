import type { RecentRoom } from './recent-rooms.ts';
import { roomsStrings } from './rooms-strings.ts';
import { whenWords } from './when-words.ts';

export function titleOf({ title }: Pick<RecentRoom, 'title'>): string {
  return title === '' ? roomsStrings.untitled : title;
}

/** "edited yesterday" if it changed while it was open last, else "opened yesterday". */
export function lastSeenWords({ changed, visited }: RecentRoom, now: number): string {
  return changed >= visited
    ? roomsStrings.changed(whenWords(changed, now))
    : roomsStrings.visited(whenWords(visited, now));
}

import { crowdOf } from '../people/crowd.ts';
import type { RoomTools } from '../room/room-tools.ts';

/** By whom one was taken last: the first of their author numbers. */
let last: number | null = null;

/** Brings the next person's caret into sight, in the order in which people came; after the last it is the first again. */
export function nextPerson({ view, acts }: RoomTools): void {
  const crowd = crowdOf(view);
  const at = crowd.findIndex(({ authors }) => authors.some((author) => author === last));
  const next = crowd[(at + 1) % crowd.length];
  if (next === undefined) return;
  last = next.authors[0] ?? null;
  acts.jumpTo(next.authors);
}

import type { Op } from '../ot/index.ts';
import type { SavedRoom } from './journal.ts';
import type { Keepable } from './keeper.ts';
import type { Replica } from './replica.ts';
import type { RoomMeta } from './room-meta.ts';

type About = Pick<SavedRoom, 'client' | 'token' | 'create' | 'role'>;

/** What a room has to write. `about` is asked at each write, for roles change. */
export function keepable(about: () => About, meta: RoomMeta, replica: Replica): Keepable {
  return {
    record: (delta) => savedRoom(about(), meta, replica, delta),
    base: () => replica.confirmedText(),
    // A fresh room that nobody has written in is no room yet.
    worth: () => replica.state.rev > 0 || replica.unsaved > 0 || meta.unconfirmed !== null,
    unsaved: () => replica.unsaved,
  };
}

/** A room as its record has it. `delta` leads from the base text to the replica's confirmed text. */
function savedRoom(
  about: About,
  { title, language, unconfirmed }: RoomMeta,
  { state, pending }: Replica,
  delta: Op,
): SavedRoom {
  const { epoch, rev, seq } = state;
  return { v: 1, ...about, title, language, wanted: unconfirmed, epoch, rev, seq, delta, ...pending };
}

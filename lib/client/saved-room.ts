import type { Op } from '../ot/index.ts';
import type { SavedRoom } from './journal.ts';
import type { Replica } from './replica.ts';
import type { RoomMeta } from './room-meta.ts';

/** A room as its record has it. `delta` leads from the base text to the replica's confirmed text. */
export function savedRoom(
  about: Pick<SavedRoom, 'client' | 'token' | 'create' | 'role'>,
  { title, language, unconfirmed }: RoomMeta,
  { state, pending }: Replica,
  delta: Op,
): SavedRoom {
  const { epoch, rev, seq } = state;
  return { v: 1, ...about, title, language, wanted: unconfirmed, epoch, rev, seq, delta, ...pending };
}

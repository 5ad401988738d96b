import { StorageRefused } from '../storage.ts';
import type { Session, Statement } from './connections.ts';

/** Nobody else changes the room meanwhile; or it only must not go. */
export type RoomLock = 'change' | 'keep';

const LOCKS: Record<RoomLock, Statement> = {
  change: { name: 'lock-room', text: 'select head from rooms where id = $1 for no key update' },
  keep: { name: 'keep-room', text: 'select head from rooms where id = $1 for key share' },
};

/** Holds the room's row until the transaction ends. Returns its newest revision; throws `StorageRefused` for an unknown room. */
export async function lockRoom(session: Session, room: string, lock: RoomLock): Promise<number> {
  const row = await session.first<{ head: number }>(LOCKS[lock], room);
  if (!row) throw unknownRoom(room);
  return row.head;
}

const REDACTIONS: Statement = { name: 'redactions', text: 'select redactions from rooms where id = $1' };

/** Was there a redaction of which somebody does not know who knows of this many? The row is held; undefined: knows of all. */
export async function isOutdated(session: Session, room: string, redactions: number | undefined): Promise<boolean> {
  if (redactions === undefined) return false;
  return (await session.first<{ redactions: number }>(REDACTIONS, room))?.redactions !== redactions;
}

export function unknownRoom(room: string): StorageRefused {
  return new StorageRefused(`There is no room ${room}.`);
}

import { isRecord, readStored, writeStored } from '../ui/browser-store.ts';

/** The other two links of a room that this browser made. */
export interface OwnLinks {
  owner: string;
  view: string;
}

/** Read by the inline script of the missing-room page too: `own-room-script.ts`. */
export const ROOMS_KEY = 'tandem:rooms';

/** More than anybody opens; the oldest are forgotten first, so that storage never fills up. */
const MOST = 1000;

/** The owner and view tokens of the room with this edit token, if this browser made it. */
export function ownLinks(token: string): OwnLinks | null {
  const entry = readAll()[token];
  if (!isRecord(entry)) return null;
  const { owner, view } = entry;
  return typeof owner === 'string' && typeof view === 'string' ? { owner, view } : null;
}

/** The edit token of the room that this browser made with this owner token. */
export function ownRoomOf(owner: string): string | null {
  const found = Object.entries(readAll()).find(([, entry]) => isRecord(entry) && entry['owner'] === owner);
  return found?.[0] ?? null;
}

/** Remembers that this browser made the room. False if the browser keeps nothing. */
export function rememberRoom(token: string, links: OwnLinks): boolean {
  const rooms = Object.entries(readAll()).filter(([known]) => known !== token);
  const kept = rooms.slice(Math.max(0, rooms.length - MOST + 1));
  return writeStored(ROOMS_KEY, Object.fromEntries([...kept, [token, { owner: links.owner, view: links.view }]]));
}

function readAll(): Record<string, unknown> {
  const stored = readStored(ROOMS_KEY);
  return isRecord(stored) ? stored : {};
}

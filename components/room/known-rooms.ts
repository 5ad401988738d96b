import { isRecord, readStored, writeStored } from '../ui/browser-store.ts';

/** The other two links of a room that this browser made. */
export interface OwnLinks {
  owner: string;
  view: string;
}

/** All three. */
export interface OwnRoom extends OwnLinks {
  edit: string;
}

/** Read by the inline script of the missing-room page too: `missing-room.tsx`. */
export const ROOMS_KEY = 'tandem:rooms';

/** More than anybody opens; the oldest are forgotten first, so that storage never fills up. */
const MOST = 1000;

/** The owner and view tokens of the room with this edit token, if this browser made it. */
export function ownLinks(token: string): OwnLinks | null {
  const room = readRoom(token, readAll()[token]);
  return room && { owner: room.owner, view: room.view };
}

/** The room that this browser made and that any one of its three tokens opens. */
export function ownRoomWith(token: string): OwnRoom | null {
  for (const [edit, entry] of Object.entries(readAll())) {
    const room = readRoom(edit, entry);
    if (room !== null && (room.edit === token || room.owner === token || room.view === token)) return room;
  }
  return null;
}

/** Remembers that this browser made the room. False if the browser keeps nothing. */
export function rememberRoom(token: string, links: OwnLinks): boolean {
  const rooms = Object.entries(readAll()).filter(([known]) => known !== token);
  const kept = rooms.slice(Math.max(0, rooms.length - MOST + 1));
  return writeAll([...kept, [token, { owner: links.owner, view: links.view }]]);
}

/** One of a room's tokens is another now. No effect if this browser does not know the old one. */
export function replaceToken(from: string, to: string): void {
  const swap = (value: unknown) => (value === from ? to : value);
  writeAll(
    Object.entries(readAll()).map(([edit, entry]) => [
      edit === from ? to : edit,
      isRecord(entry) ? { ...entry, owner: swap(entry['owner']), view: swap(entry['view']) } : entry,
    ]),
  );
}

/** The room is gone: its address must not become a fresh room of ours. `token` is any of its three. */
export function forgetRoom(token: string): void {
  const room = ownRoomWith(token);
  if (room !== null) writeAll(Object.entries(readAll()).filter(([edit]) => edit !== room.edit));
}

/** Has this browser made the room with this edit token, and never been told to keep its owner link? */
export function ownerIsUntold(token: string): boolean {
  const entry = readAll()[token];
  return readRoom(token, entry) !== null && isRecord(entry) && entry['told'] !== true;
}

/** From now on `ownerIsUntold` is false. */
export function rememberTold(token: string): void {
  const rooms = readAll();
  const entry = rooms[token];
  if (isRecord(entry)) writeAll(Object.entries({ ...rooms, [token]: { ...entry, told: true } }));
}

function readRoom(edit: string, entry: unknown): OwnRoom | null {
  if (!isRecord(entry)) return null;
  const { owner, view } = entry;
  return typeof owner === 'string' && typeof view === 'string' ? { edit, owner, view } : null;
}

function readAll(): Record<string, unknown> {
  const stored = readStored(ROOMS_KEY);
  return isRecord(stored) ? stored : {};
}

function writeAll(rooms: [string, unknown][]): boolean {
  return writeStored(ROOMS_KEY, Object.fromEntries(rooms));
}

import type { Role } from '../../lib/client/index.ts';
import { isRecord, readStored, writeStored } from '../ui/browser-store.ts';

/** A room that was open in this browser. Times are Unix milliseconds of this browser's clock. */
export interface RecentRoom {
  /** Of the link by which it was open. */
  token: string;
  title: string;
  role: Role;
  /** When it was opened last. */
  visited: number;
  /** When the text changed last as far as this browser saw it; 0: it never did. */
  changed: number;
  pinned: boolean;
  /** Why the link opens it no more, as far as this browser has met that; null while it does. */
  gone: Gone | null;
}

export type Gone = (typeof GONE)[number];

export const RECENT_ROOMS_KEY = 'tandem:recent-rooms';

/** As many as a search in them makes sense for; 40 KB of the browser's storage. */
const MOST = 200;
const GONE = ['deleted', 'missing', 'revoked', 'expired', 'removed'] as const;
const ROLES: readonly Role[] = ['owner', 'edit', 'view'];

/** Pinned ones first, then as they were visited, newest first. */
export function recentRooms(): RecentRoom[] {
  const stored = readStored(RECENT_ROOMS_KEY);
  const rooms = Array.isArray(stored) ? stored.map(readRoom).filter((room) => room !== null) : [];
  return rooms.sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.visited - a.visited);
}

/**
 * Writes down what is known of a room now. `visited` and what is not named stay as they were. `others`: more tokens of the
 * same room, whose entries this one takes the place of.
 */
export function rememberVisit(
  room: Partial<RecentRoom> & Pick<RecentRoom, 'token' | 'title' | 'role'>,
  others: readonly string[] = [],
): void {
  const rooms = recentRooms();
  const same = (one: RecentRoom) => one.token === room.token || others.includes(one.token);
  const known = rooms.find(({ token }) => token === room.token);
  const pinned = rooms.some((one) => same(one) && one.pinned);
  const next: RecentRoom = { visited: 0, changed: 0, gone: null, ...known, pinned, ...room };
  keep([next, ...rooms.filter((one) => !same(one))]);
}

/** The link opens its room no more. No effect if this browser does not know it. */
export function markGone(token: string, gone: Gone): void {
  change(token, (room) => ({ ...room, gone }));
}

export function pinRoom(token: string, pinned: boolean): void {
  change(token, (room) => ({ ...room, pinned }));
}

/** Takes the room off the list; what this browser knows of its links stays. */
export function dropRoom(token: string): void {
  keep(recentRooms().filter((room) => room.token !== token));
}

/** A link has another token now. No effect if this browser does not know the old one. */
export function renewRoom(from: string, to: string): void {
  change(from, (room) => ({ ...room, token: to }));
}

/** Does this browser know the link as one that it opened? */
export function isListed(token: string): boolean {
  return recentRooms().some((room) => room.token === token);
}

/** Is this a reason for which a link opens nothing? */
export function isGone(reason: string): reason is Gone {
  return GONE.some((one) => one === reason);
}

function change(token: string, how: (room: RecentRoom) => RecentRoom): void {
  const rooms = recentRooms();
  if (rooms.some((room) => room.token === token)) keep(rooms.map((room) => (room.token === token ? how(room) : room)));
}

/** The list is in the order of what stays longest. */
function keep(rooms: readonly RecentRoom[]): void {
  const longest = [...rooms].sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.visited - a.visited);
  writeStored(RECENT_ROOMS_KEY, longest.slice(0, MOST));
}

function readRoom(value: unknown): RecentRoom | null {
  if (!isRecord(value)) return null;
  const { token, title, visited, changed, pinned, gone } = value;
  const role = ROLES.find((one) => one === value['role']);
  if (typeof token !== 'string' || token === '' || typeof title !== 'string' || role === undefined) return null;
  if (typeof visited !== 'number' || typeof changed !== 'number') return null;
  return {
    token,
    title,
    role,
    visited,
    changed,
    pinned: pinned === true,
    gone: typeof gone === 'string' && isGone(gone) ? gone : null,
  };
}

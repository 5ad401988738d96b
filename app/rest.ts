import type { Role } from '../lib/client/index.ts';
import { visitorHeaders } from './visitor-headers.ts';

/** What the page needs to know of a room. Times are none, lengths are UTF-16 units. */
export interface RoomFacts {
  title: string;
  language: string;
  role: Role;
  length: number;
  /** Where a balancer sends it. */
  shard: string;
}

/** Why a link does not open its room for this visitor. */
export type Closed = 'password' | 'revoked' | 'expired' | 'removed';

export type Found = { kind: 'room'; facts: RoomFacts } | { kind: 'missing' } | { kind: 'closed'; why: Closed };

/** The text and where it stands in the room's log. */
export interface RoomText {
  text: string;
  rev: number;
  epoch: string;
}

/** Long enough for a room that has to be loaded from disk first; after this the page says that it cannot be shown. */
const TIMEOUT_MS = 10_000;

/** Asks the server what `token` opens for this visitor. Throws if it does not answer as it should. */
export async function findRoom(token: string, visitor: Headers): Promise<Found> {
  const response = await get(`/api/rooms/${token}`, visitor);
  if (response.status === 404) return { kind: 'missing' };
  if (response.status === 401) return { kind: 'closed', why: 'password' };
  if (response.status === 403) return { kind: 'closed', why: readClosed(await response.json()) };
  if (!response.ok) throw new Error(`The server answered ${response.status} when the page asked for a room.`);
  return { kind: 'room', facts: readFacts(await response.json()) };
}

/** The room's text; null if it was deleted or closed meanwhile. Throws if the server does not answer as it should. */
export async function readRoomText(token: string, visitor: Headers): Promise<RoomText | null> {
  const response = await get(`/api/rooms/${token}/text`, visitor);
  if (response.status === 404 || response.status === 401 || response.status === 403) return null;
  const rev = Number(response.headers.get('Tandem-Revision'));
  const epoch = response.headers.get('Tandem-Epoch');
  if (!response.ok || epoch === null || !Number.isSafeInteger(rev)) {
    throw new Error(`The server answered ${response.status} when the page asked for a room's text.`);
  }
  return { text: await response.text(), rev, epoch };
}

/** Where the server answers the pages, on this machine. */
export function ownServer(): string {
  // Set by the server before it starts the pages; see server/main.ts.
  const base = process.env['TANDEM_REST'];
  if (base === undefined || base === '') throw new Error('TANDEM_REST is not set, so the page cannot ask for rooms.');
  return base;
}

/** What a request of ours says of the visitor for whom it is made. */
export function headersOf(visitor: Headers): Record<string, string> {
  // Set by the server, as TANDEM_REST is, if people sign in at a proxy in front of it.
  return visitorHeaders(visitor, [process.env['TANDEM_USER_HEADER'], process.env['TANDEM_NAME_HEADER']]);
}

async function get(path: string, visitor: Headers): Promise<Response> {
  return fetch(ownServer() + path, {
    cache: 'no-store',
    headers: headersOf(visitor),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
}

function readClosed(problem: unknown): Closed {
  if (typeof problem === 'object' && problem !== null && 'code' in problem) {
    const { code } = problem;
    if (code === 'revoked' || code === 'expired' || code === 'removed') return code;
  }
  throw new Error('The server refused a room for a reason that the page does not know.');
}

function readFacts(body: unknown): RoomFacts {
  if (typeof body === 'object' && body !== null) {
    const { title, language, role, length, shard } = body as Record<string, unknown>;
    const known = role === 'owner' || role === 'edit' || role === 'view';
    const words = typeof title === 'string' && typeof language === 'string' && typeof shard === 'string';
    if (words && known && typeof length === 'number') {
      return { title, language, role, length, shard };
    }
  }
  throw new Error('The server described a room in a way that the page does not understand.');
}

import type { Role } from '../../lib/client/index.ts';
import { layerStrings } from '../layer-strings.ts';
import { keptPassword, passwordHeader } from '../room/kept-password.ts';
import { withBase } from '../ui/base-path.ts';
import { isRecord } from '../ui/browser-store.ts';

/** A link as only the owner sees it. Times are Unix milliseconds. */
export interface Link {
  /** Its number in the room, for ever. */
  id: number;
  role: Role;
  name: string;
  token: string;
  createdAt: number;
  expiresAt: number | null;
  /** Does it ask for one? */
  password: boolean;
  revokedAt: number | null;
  /** How many authors came in by it. */
  uses: number;
  /** Who is in by it now. */
  here: readonly { author: number; name: string; color: number }[];
}

export interface RoomAccess {
  locked: boolean;
  links: readonly Link[];
}

/** What may be changed of a link; null takes it away, and what is absent stays. */
export interface LinkChange {
  name?: string;
  expiresAt?: number | null;
  password?: string | null;
}

/** The server did not do it. `code` is the server's stable word, or `unreachable`. The message is for people. */
export class LinkFault extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** All links of the room, ended ones included, and whether it is locked. Every function here throws `LinkFault`. */
export async function readAccess(owner: string): Promise<RoomAccess> {
  const body = await call(owner, 'GET', '/links');
  if (!isRecord(body) || !Array.isArray(body['links'])) throw notUnderstood();
  return { locked: body['locked'] === true, links: body['links'].map(readLink) };
}

export async function makeLink(owner: string, role: 'edit' | 'view', change: LinkChange): Promise<Link> {
  return readLink(await call(owner, 'POST', '/links', { role, ...change }));
}

export async function changeLink(owner: string, id: number, change: LinkChange): Promise<Link> {
  return readLink(await call(owner, 'PATCH', `/links/${id}`, change));
}

/** Gives the link another token; whoever is in by the old one is out. */
export async function rotateLink(owner: string, id: number): Promise<Link> {
  return readLink(await call(owner, 'POST', `/links/${id}/rotate`));
}

export async function revokeLink(owner: string, id: number): Promise<void> {
  await call(owner, 'DELETE', `/links/${id}`);
}

/** Puts a guest out, and keeps that browser out. */
export async function removePerson(owner: string, author: number): Promise<void> {
  await call(owner, 'DELETE', `/people/${author}`);
}

export async function lockRoom(owner: string, locked: boolean): Promise<void> {
  await call(owner, 'PUT', '/lock', { locked });
}

export async function deleteRoom(owner: string): Promise<void> {
  await call(owner, 'DELETE', '');
}

/** What to say of an error that came out of here. */
export function faultWords(error: unknown): string {
  if (error instanceof LinkFault) return error.message;
  throw error;
}

async function call(owner: string, method: string, path: string, body?: object): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(withBase(`/api/rooms/${owner}${path}`), {
      method,
      cache: 'no-store',
      headers: {
        ...passwordHeader(keptPassword(owner)),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new LinkFault('unreachable', layerStrings.links.faults.unreachable);
  }
  if (response.status === 204) return null;
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer;
  throw faultOf(answer, response.status);
}

/** Our words for what we know, the server's sentence for the rest. */
function faultOf(answer: unknown, status: number): LinkFault {
  const code = isRecord(answer) && typeof answer['code'] === 'string' ? answer['code'] : String(status);
  const known: Readonly<Record<string, string>> = layerStrings.links.faults;
  const detail = isRecord(answer) && typeof answer['detail'] === 'string' ? answer['detail'] : null;
  return new LinkFault(code, known[code] ?? detail ?? layerStrings.links.faults.other);
}

function readLink(value: unknown): Link {
  if (!isRecord(value)) throw notUnderstood();
  const { id, role, name, token, createdAt, expiresAt, password, revokedAt, uses, here } = value;
  const isRole = role === 'owner' || role === 'edit' || role === 'view';
  if (typeof id !== 'number' || !isRole || typeof token !== 'string') throw notUnderstood();
  return {
    id,
    role,
    token,
    name: typeof name === 'string' ? name : '',
    createdAt: typeof createdAt === 'number' ? createdAt : 0,
    expiresAt: typeof expiresAt === 'number' ? expiresAt : null,
    password: password === true,
    revokedAt: typeof revokedAt === 'number' ? revokedAt : null,
    uses: typeof uses === 'number' ? uses : 0,
    here: Array.isArray(here) ? here.flatMap(readPresent) : [],
  };
}

function readPresent(value: unknown): Link['here'] {
  if (!isRecord(value)) return [];
  const { author, name, color } = value;
  if (typeof author !== 'number' || typeof name !== 'string' || typeof color !== 'number') return [];
  return [{ author, name, color }];
}

function notUnderstood(): LinkFault {
  return new LinkFault('not-understood', layerStrings.links.faults.other);
}

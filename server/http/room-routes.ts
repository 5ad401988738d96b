import type { IncomingMessage, ServerResponse } from 'node:http';
import { isToken } from '../../lib/protocol/index.ts';
import { mayWrite } from '../role.ts';
import type { Lease, Rooms } from '../rooms.ts';
import { getChat } from './chat.ts';
import { passwordOf } from './credentials.ts';
import { getHistory, type HistoryDeps } from './history.ts';
import {
  deleteLink,
  deletePerson,
  deleteRoom,
  getLinks,
  patchLink,
  postLink,
  putLock,
  rotateLink,
  type LinksDeps,
} from './links.ts';
import { allow, type Method } from './method.ts';
import { Problem } from './problem.ts';
import { postRedact } from './redact.ts';
import { getRoom, postOp } from './rooms.ts';
import { getFile, getText, putText, type TextDeps } from './text.ts';
import { getThreads } from './threads.ts';
import { deleteVersion, getVersions, patchVersion, postVersion } from './versions.ts';

export interface RoomRoutesDeps extends TextDeps, LinksDeps, HistoryDeps {
  rooms: Rooms;
  limits: HistoryDeps['limits'];
}

/** What stands behind `/api/rooms/<token>`; `<n>` is a link's number, an author's, or a revision. */
const PLACES = {
  '': 'room',
  text: 'text',
  file: 'file',
  ops: 'ops',
  links: 'links',
  'links/<n>': 'link',
  'links/<n>/rotate': 'rotate',
  'people/<n>': 'person',
  lock: 'lock',
  redact: 'redact',
  history: 'entries',
  'history/timeline': 'timeline',
  'history/at': 'at',
  'history/changes': 'changes',
  'history/since': 'since',
  'history/authorship': 'authorship',
  'history/undo': 'undo',
  chat: 'chat',
  threads: 'threads',
  versions: 'versions',
  'versions/<n>': 'version',
} as const;

interface Place {
  kind: (typeof PLACES)[keyof typeof PLACES];
  /** 0 where the path has none. */
  number: number;
}

/** Answers `/api/rooms/<token>…`. Rejects with a `Problem`, or what the room's door says. */
export async function answerRoom(
  path: string,
  method: Method,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
  deps: RoomRoutesDeps,
): Promise<void> {
  const [, token, rest = ''] = /^\/api\/rooms\/([^/]+)(?:\/(.+))?$/.exec(path) ?? [];
  const place = placeOf(rest);
  if (token === undefined || !place) throw new Problem(404, 'no-such-page', 'There is nothing at this address.');
  const knock = { token, caller: deps.caller, person: '', password: passwordOf(request) };
  const lease = isToken(token) ? await deps.rooms.open(knock, 'never') : null;
  if (!lease) throw new Problem(404, 'no-such-room', 'There is no room here.');
  try {
    await answer(lease, place, method, query, request, response, deps);
  } finally {
    lease.release();
  }
}

function placeOf(rest: string): Place | null {
  const [digits] = /\b\d{1,9}\b/.exec(rest) ?? [];
  const pattern = digits === undefined ? rest : rest.replace(digits, '<n>');
  // Object.hasOwn has found it to be one of the keys.
  return Object.hasOwn(PLACES, pattern)
    ? { kind: PLACES[pattern as keyof typeof PLACES], number: Number(digits ?? 0) }
    : null;
}

async function answer(
  lease: Lease,
  place: Place,
  method: Method,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
  deps: RoomRoutesDeps,
): Promise<void> {
  const { room } = lease;
  const { kind } = place;
  switch (kind) {
    case 'room':
      return allow(method, {
        GET: async () => getRoom(lease, response),
        DELETE: () => owned(lease, () => deleteRoom(room, response, deps)),
      })();
    case 'text':
      return allow(method, {
        GET: () => getText(room, query, request, response, deps),
        PUT: () => written(lease, () => putText(lease, request, response, deps)),
      })();
    case 'file':
      return allow(method, { GET: async () => getFile(room, response) })();
    case 'ops':
      return allow(method, { POST: () => written(lease, () => postOp(lease, request, response, deps)) })();
    case 'links':
      return allow(method, {
        GET: () => owned(lease, () => getLinks(room, request, response, deps)),
        POST: () => owned(lease, () => postLink(room, request, response, deps)),
      })();
    case 'link':
      return allow(method, {
        PATCH: () => owned(lease, () => patchLink(room, place.number, request, response, deps)),
        DELETE: () => owned(lease, () => deleteLink(room, place.number, response, deps)),
      })();
    case 'rotate':
      return allow(method, {
        POST: () => owned(lease, () => rotateLink(room, place.number, request, response, deps)),
      })();
    case 'person':
      return allow(method, { DELETE: () => owned(lease, () => deletePerson(room, place.number, response, deps)) })();
    case 'lock':
      return allow(method, { PUT: () => owned(lease, () => putLock(room, request, response, deps)) })();
    case 'redact':
      return allow(method, { POST: () => owned(lease, () => postRedact(lease, request, response, deps)) })();
    case 'entries':
    case 'timeline':
    case 'at':
    case 'changes':
    case 'since':
    case 'authorship':
    case 'undo':
      return allow(method, { GET: () => getHistory(kind, room, query, response, deps) })();
    case 'chat':
      return allow(method, { GET: () => getChat(room, query, response) })();
    case 'threads':
      return allow(method, { GET: () => getThreads(room, response) })();
    case 'versions':
      return allow(method, {
        GET: () => getVersions(lease, response, deps),
        POST: () => written(lease, () => postVersion(lease, request, response, deps)),
      })();
    case 'version':
      return allow(method, {
        PATCH: () => written(lease, () => patchVersion(lease, place.number, request, response, deps)),
        DELETE: () => written(lease, () => deleteVersion(lease, place.number, response, deps)),
      })();
  }
}

function written<T>({ role, room }: Lease, run: () => T): T {
  if (!mayWrite(role)) throw new Problem(403, 'read-only', 'This link can read, but not write.');
  if (room.meta.locked) throw new Problem(423, 'locked', 'The owner locked this room.');
  return run();
}

function owned<T>({ role }: Lease, run: () => T): T {
  if (role === 'owner') return run();
  throw new Problem(403, 'owner-only', 'Only the owner link may do this.');
}

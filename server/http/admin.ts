import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../caller.ts';
import type { ServerLimits } from '../limits.ts';
import type { OwnerDesk } from '../links/owner-desk.ts';
import type { Rooms } from '../rooms.ts';
import { bearerOf } from '../secret.ts';
import type { Keeper } from '../status/keeper.ts';
import type { Storage } from '../storage/storage.ts';
import { allow, type Method } from './method.ts';
import { Problem } from './problem.ts';

export interface AdminDeps {
  keeper: Keeper;
  caller: Caller;
  rooms: Rooms;
  storage: Storage;
  desk: OwnerDesk;
  limits: Pick<ServerLimits, 'adminPage'>;
  /** A request was told to come later. */
  rateLimited: () => void;
}

/** Answers `/api/admin/…`, for whoever brings the admin token as `Authorization: Bearer`. Rejects with a `Problem`. */
export async function answerAdmin(
  path: string,
  method: Method,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
  deps: AdminDeps,
): Promise<void> {
  mustKeep(request, deps);
  if (path === '/api/admin/rooms') return allow(method, { GET: () => getRooms(query, response, deps) })();
  const [, id, act] = /^\/api\/admin\/rooms\/([A-Za-z0-9]{1,64})(\/close)?$/.exec(path) ?? [];
  if (id === undefined) throw nothingHere();
  if (act !== undefined) return allow(method, { POST: () => closeRoom(id, response, deps) })();
  return allow(method, { DELETE: () => deleteRoom(id, response, deps) })();
}

function mustKeep(request: IncomingMessage, { keeper, caller, rateLimited }: AdminDeps): void {
  const admission = keeper.admit(bearerOf(request), caller);
  switch (admission.kind) {
    case 'in':
      return;
    case 'off':
      throw nothingHere();
    case 'wanted':
      throw new Problem(401, 'admin-wanted', 'This is for whoever has the admin token.', {
        'www-authenticate': 'Bearer',
      });
    case 'wrong':
      throw new Problem(403, 'admin-wrong', 'That is not the admin token.');
    case 'slow': {
      rateLimited();
      const seconds = Math.ceil(admission.retryMs / 1_000);
      throw new Problem(429, 'too-fast', `Too many tries. Try again in ${seconds} s.`, {
        'retry-after': String(seconds),
      });
    }
  }
}

/** `GET /api/admin/rooms?after=<id>&limit=<n>`: rooms by their id, with who is in them on this node now. */
async function getRooms(query: URLSearchParams, response: ServerResponse, { storage, rooms, limits }: AdminDeps) {
  const limit = Number(query.get('limit') ?? limits.adminPage);
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > limits.adminPage) {
    throw new Problem(400, 'bad-field', `limit is a whole number from 1 to ${limits.adminPage}.`);
  }
  const after = query.get('after');
  // One more than asked for tells whether there is another page.
  const found = await storage.listRooms({ ...(after !== null && after !== '' && { after }), limit: limit + 1 });
  const page = found.slice(0, limit);
  send(response, {
    rooms: page.map((room) => ({ ...room, people: rooms.people(room.id) })),
    after: found.length > limit ? (page.at(-1)?.id ?? null) : null,
  });
}

/** `POST /api/admin/rooms/<id>/close`: everybody in it, on whichever node, has to come back, to a room that is loaded anew. */
async function closeRoom(id: string, response: ServerResponse, { rooms }: AdminDeps) {
  send(response, { closed: await rooms.reload(id) });
}

/** `DELETE /api/admin/rooms/<id>`: as its owner could. */
async function deleteRoom(id: string, response: ServerResponse, { rooms, desk }: AdminDeps) {
  const lease = await rooms.find(id);
  if (!lease) throw new Problem(404, 'no-such-room', 'There is no such room.');
  try {
    await desk.delete(lease.room);
  } finally {
    lease.release();
  }
  response.writeHead(204, { 'cache-control': 'no-store' }).end();
}

function nothingHere(): Problem {
  return new Problem(404, 'no-such-page', 'There is nothing at this address.');
}

function send(response: ServerResponse, value: unknown): void {
  response
    .writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(JSON.stringify(value));
}

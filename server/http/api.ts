import type { IncomingMessage, ServerResponse } from 'node:http';
import { isToken, ProtocolFault, CloseCode } from '../../lib/protocol/index.ts';
import type { AddressBudget } from '../address-budgets.ts';
import { withinBase } from '../base-path.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { originAllowed, type OriginRule } from '../origin.ts';
import { mayWrite } from '../role.ts';
import type { Lease, Rooms } from '../rooms.ts';
import { StorageUnavailable } from '../storage/storage.ts';
import { Problem, sendProblem } from './problem.ts';
import { getRoom, postOp, postRoom, type RoomDeps } from './rooms.ts';
import { getFile, getText, putText, type TextDeps } from './text.ts';

export interface ApiDeps extends TextDeps, RoomDeps, OriginRule {
  rooms: Rooms;
  log: Log;
  clock: Clock;
  /** What the caller's address may still ask for. */
  budget: AddressBudget;
  /** A request was told to come later. */
  rateLimited: () => void;
  /** False while the server starts or is going away: balancers send nobody here. */
  ready: () => boolean;
}

const PROBES: ReadonlySet<string> = new Set(['/healthz', '/readyz']);
/** How long `/readyz` waits for the disk. */
const PROBE_MS = 2_000;

/** Answers what is ours (`/api/…`, `/healthz`, `/readyz`); false means: not ours, nothing was done. */
export function handleApi(request: IncomingMessage, response: ServerResponse, deps: ApiDeps): boolean {
  const [path = '', search = ''] = targetOf(request, deps.basePath).split('?', 2);
  if (!PROBES.has(path) && !path.startsWith('/api/')) return false;
  answer(path, new URLSearchParams(search), request, response, deps).catch((error: unknown) => {
    sendProblem(response, problemOf(error, deps.log));
  });
  return true;
}

/** Behind the base path; balancers ask for our health without it too, since they know the machine and not the pages. */
function targetOf({ url = '' }: IncomingMessage, basePath: string): string {
  return withinBase(url, basePath) ?? (PROBES.has(url.split('?', 1)[0] ?? '') ? url : '');
}

async function answer(
  path: string,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
  deps: ApiDeps,
): Promise<void> {
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
  if (path === '/healthz') return plain(response, allow(method, { GET: 'ok' }));
  if (path === '/readyz') return plain(response, await allow(method, { GET: () => probe(deps) })());
  if (method !== 'GET' && !originAllowed(request, deps)) {
    throw new Problem(403, 'foreign-origin', 'Pages of other origins may not write here.');
  }
  pay(deps, method === 'GET' ? 'reads' : 'writes');
  if (path === '/api/rooms') {
    if (method === 'POST') pay(deps, 'rooms');
    return allow(method, { POST: () => postRoom(deps.rooms, request, response, deps) })();
  }
  const [, token, rest] = /^\/api\/rooms\/([^/]+)(?:\/(text|file|ops))?$/.exec(path) ?? [];
  if (token === undefined) throw new Problem(404, 'no-such-page', 'There is nothing at this address.');
  const lease = isToken(token) ? await deps.rooms.open(token, 'never') : null;
  if (!lease) throw noSuchRoom();
  try {
    await answerRoom(lease, rest, method, query, request, response, deps);
  } finally {
    lease.release();
  }
}

function answerRoom(
  lease: Lease,
  rest: string | undefined,
  method: string,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
  deps: ApiDeps,
): void | Promise<void> {
  if (method !== 'GET' && !mayWrite(lease.role))
    throw new Problem(403, 'read-only', 'This link can read, but not write.');
  const { room } = lease;
  switch (rest) {
    case undefined:
      return allow(method, { GET: () => getRoom(lease, response) })();
    case 'text':
      return allow(method, {
        GET: () => getText(room, query, request, response, deps),
        PUT: () => putText(room, request, response, deps),
      })();
    case 'file':
      return allow(method, { GET: () => getFile(room, response) })();
    default:
      return allow(method, { POST: () => postOp(lease, request, response, deps) })();
  }
}

/** Takes one from the address' budget, or `Problem` 429 that says when to come again. */
function pay({ budget, clock, rateLimited }: ApiDeps, what: 'reads' | 'writes' | 'rooms'): void {
  const now = clock.now();
  const waitMs = budget[what].waitMs(now);
  if (waitMs > 0) {
    rateLimited();
    const seconds = String(Math.ceil(waitMs / 1_000));
    throw new Problem(429, 'too-fast', 'Too many requests come from this address.', { 'retry-after': seconds });
  }
  budget[what].take(now);
}

/** What to do for this method, or `Problem` 405 that names the others. */
function allow<T>(method: string, by: Readonly<Partial<Record<'GET' | 'PUT' | 'POST', T>>>): T {
  const found = method === 'GET' || method === 'PUT' || method === 'POST' ? by[method] : undefined;
  if (found !== undefined) return found;
  const allowed = Object.keys(by).join(', ');
  throw new Problem(405, 'method-not-allowed', `Allowed here: ${allowed}.`, { allow: allowed });
}

async function probe({ storage, ready }: ApiDeps): Promise<string> {
  if (!ready()) throw new Problem(503, 'not-ready', 'This server is starting, or going away.', { 'retry-after': '5' });
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new StorageUnavailable('The storage did not answer in time.')), PROBE_MS).unref();
  });
  await Promise.race([storage.probe(), late]);
  return 'ready';
}

function plain(response: ServerResponse, text: string): void {
  response
    .writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    .end(`${text}\n`);
}

function noSuchRoom(): Problem {
  return new Problem(404, 'no-such-room', 'There is no room here.');
}

function problemOf(error: unknown, log: Log): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof StorageUnavailable) {
    log.error({ reason: error.message }, 'storage unavailable');
    return new Problem(503, 'store-down', 'The server cannot reach its storage.', { 'retry-after': '5' });
  }
  if (error instanceof ProtocolFault && error.close === CloseCode.NO_SUCH_ROOM) return noSuchRoom();
  if (error instanceof ProtocolFault) return new Problem(503, error.code, error.message, { 'retry-after': '1' });
  log.error({ err: error }, 'request failed');
  return new Problem(500, 'internal', 'The server stumbled.');
}

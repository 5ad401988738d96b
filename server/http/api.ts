import type { IncomingMessage, ServerResponse } from 'node:http';
import { CloseCode, ProtocolFault } from '../../lib/protocol/index.ts';
import { withinBase } from '../base-path.ts';
import type { Log } from '../log.ts';
import { DeskRefusal } from '../links/owner-desk.ts';
import { TooManyTries } from '../links/refusals.ts';
import { originAllowed, type OriginRule } from '../origin.ts';
import { StorageUnavailable } from '../storage/storage.ts';
import { problemOfDesk } from './links.ts';
import { answerAdmin, type AdminDeps } from './admin.ts';
import { allow, methodOf } from './method.ts';
import { getMetrics, type MetricsDeps } from './metrics.ts';
import { Problem, sendProblem } from './problem.ts';
import { answerRoom, type RoomRoutesDeps } from './room-routes.ts';
import { postRoom } from './rooms.ts';

export interface ApiDeps extends RoomRoutesDeps, AdminDeps, OriginRule {
  log: Log;
  limits: AdminDeps['limits'] & RoomRoutesDeps['limits'];
  /** What this request is called in the log. */
  requestId: string;
  metrics: MetricsDeps;
  /** A request was told to come later. */
  rateLimited: () => void;
  /** False while the server starts or is going away: balancers send nobody here. */
  ready: () => boolean;
}

const PROBES: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);
/** How long `/readyz` waits for the disk. */
const PROBE_MS = 2_000;

/** Answers what is ours (`/api/…`, `/healthz`, `/readyz`, `/metrics`); false means: not ours, nothing was done. */
export function handleApi(request: IncomingMessage, response: ServerResponse, deps: ApiDeps): boolean {
  const [path = '', search = ''] = targetOf(request, deps.basePath).split('?', 2);
  if (!PROBES.has(path) && !path.startsWith('/api/')) return false;
  answer(path, new URLSearchParams(search), request, response, deps).catch((error: unknown) => {
    sendProblem(response, problemOf(error, deps));
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
  const method = methodOf(request.method);
  if (path === '/healthz') return plain(response, allow(method, { GET: 'ok' }));
  if (path === '/readyz') return plain(response, await allow(method, { GET: () => probe(deps) })());
  if (path === '/metrics') return getMetrics(request, response, deps.metrics);
  if (method !== 'GET' && !originAllowed(request, deps)) {
    throw new Problem(403, 'foreign-origin', 'Pages of other origins may not write here.');
  }
  pay(deps, method === 'GET' ? 'reads' : 'writes');
  if (path.startsWith('/api/admin/')) return answerAdmin(path, method, query, request, response, deps);
  if (path !== '/api/rooms') return answerRoom(path, method, query, request, response, deps);
  if (method === 'POST') pay(deps, 'rooms');
  return allow(method, { POST: () => postRoom(deps.rooms, request, response, deps) })();
}

/** Takes one from the address' budget, or `Problem` 429 that says when to come again. */
function pay({ caller, clock, rateLimited }: ApiDeps, what: 'reads' | 'writes' | 'rooms'): void {
  const now = clock.now();
  const waitMs = caller.budget[what].waitMs(now);
  if (waitMs > 0) {
    rateLimited();
    throw new Problem(429, 'too-fast', 'Too many requests come from this address.', retryAfter(waitMs));
  }
  caller.budget[what].take(now);
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

function problemOf(error: unknown, { log, requestId: request }: Pick<ApiDeps, 'log' | 'requestId'>): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof DeskRefusal) return problemOfDesk(error);
  if (error instanceof TooManyTries) return new Problem(429, error.code, error.message, retryAfter(error.retryMs));
  if (error instanceof StorageUnavailable) {
    log.error({ request, reason: error.message }, 'storage unavailable');
    return new Problem(503, 'store-down', 'The server cannot reach its storage.', { 'retry-after': '5' });
  }
  if (error instanceof ProtocolFault) return problemOfFault(error);
  log.error({ request, err: error }, 'request failed');
  return new Problem(500, 'internal', 'The server stumbled.');
}

/** What a room's door says, in HTTP's numbers. */
function problemOfFault({ close, code, message }: ProtocolFault): Problem {
  switch (close) {
    case CloseCode.PASSWORD:
      // Without `WWW-Authenticate`, so that browsers leave the asking to our page.
      return new Problem(401, code, message);
    case CloseCode.FORBIDDEN:
      return new Problem(403, code, message);
    case CloseCode.NO_SUCH_ROOM:
      return new Problem(404, code, message);
    default:
      return new Problem(503, code, message, { 'retry-after': '1' });
  }
}

function retryAfter(ms: number): { 'retry-after': string } {
  return { 'retry-after': String(Math.ceil(ms / 1_000)) };
}

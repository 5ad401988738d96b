import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../lib/testing/index.ts';
import { AddressBudgets } from '../address-budgets.ts';
import { Histories } from '../history/histories.ts';
import { DEFAULT_SERVER_LIMITS, type ServerLimits } from '../limits.ts';
import { createLog } from '../log.ts';
import { Rooms } from '../rooms.ts';
import { createMemoryStorage } from '../storage/memory.ts';
import { OwnerDesk } from '../links/owner-desk.ts';
import { Keeper } from '../status/keeper.ts';
import { stranger } from '../testing/callers.ts';
import { handleApi } from './api.ts';
import { BodyReader } from './body.ts';

const ADMIN = 'for-keepers-only';

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

/** The REST interface on a free port of the loopback, with a clock that the test moves. */
async function scene(more: Partial<ServerLimits> = {}, visit = { trustProxy: false, basePath: '' }) {
  const limits = { ...DEFAULT_SERVER_LIMITS, ...more };
  const clock = new ManualClock();
  const storage = createMemoryStorage();
  const log = createLog('silent');
  const bodies = new BodyReader(clock, limits);
  const budgets = new AddressBudgets(clock, limits);
  let limited = 0;
  const rooms = new Rooms({ storage, clock, log, limits });
  const deps = {
    rooms,
    histories: new Histories({ storage, limits }),
    desk: new OwnerDesk({ storage, rooms, clock, limits }),
    storage,
    log,
    clock,
    bodies,
    documentUnits: limits.advertised.document,
    caller: stranger(budgets.of('here')),
    rateLimited: () => void limited++,
    allowedOrigins: [],
    requireOrigin: false,
    ...visit,
    ready: () => true,
    requestId: 'r1',
    keeper: new Keeper(ADMIN, clock),
    limits,
    metrics: {
      registry: { metrics: () => Promise.resolve('up 1\n'), contentType: 'text/plain; version=0.0.4; charset=utf-8' },
      token: null,
    } as const,
  };
  const listening = createServer((request, response) => {
    if (!handleApi(request, response, deps)) response.writeHead(421).end('Not ours.');
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const { port } = listening.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const make = (): Promise<Response> => fetch(`${url}/api/rooms`, { method: 'POST' });
  return { clock, url, port, make, rooms, limited: () => limited };
}

/** Sends a head and the beginning of a body, and no more. Resolves with the status that it is answered. */
function beginBody(port: number): { status: Promise<number | undefined>; begun: Promise<void> } {
  const request = httpRequest({
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: '/api/rooms',
    headers: { 'content-type': 'application/json', 'content-length': 100 },
  });
  const status = new Promise<number | undefined>((resolve, reject) => {
    request.on('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject);
  });
  const begun = new Promise<void>((resolve) => request.write('{', () => resolve()));
  return { status, begun };
}

describe('[P9] rates of the REST interface', () => {
  const { addressRates } = DEFAULT_SERVER_LIMITS;

  it.each([
    ['writes', { ...addressRates, writes: { perSecond: 0.5, burst: 2 } }],
    ['rooms', { ...addressRates, rooms: { perSecond: 0.5, burst: 2 } }],
  ])('bound %s with 429 and Retry-After, and let it through later', async (_, rates) => {
    const { clock, make, limited } = await scene({ addressRates: rates });
    expect([(await make()).status, (await make()).status]).toEqual([201, 201]);
    const refused = await make();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2']);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(await refused.json()).toMatchObject({ status: 429, code: 'too-fast' });
    expect(limited()).toBe(1);
    clock.advance(2_000);
    expect((await make()).status).toBe(201);
  });

  it('bound reads apart from writes, and health checks not at all', async () => {
    const { url, make } = await scene({ addressRates: { ...addressRates, reads: { perSecond: 1, burst: 1 } } });
    const read = async (path: string): Promise<number> => (await fetch(url + path)).status;
    expect([await read('/api/rooms/nobody-here'), await read('/api/rooms/nobody-here')]).toEqual([404, 429]);
    expect([(await make()).status, await read('/healthz'), await read('/readyz')]).toEqual([201, 200, 200]);
  });
});

describe('[P9] bodies of the REST interface', () => {
  it('may take only so long', async () => {
    const { clock, port } = await scene();
    const { status, begun } = beginBody(port);
    await begun;
    // The head has to have arrived before its time can pass.
    await until(() => clock.pending > 0);
    clock.advance(DEFAULT_SERVER_LIMITS.bodyTimeoutMs);
    expect(await status).toBe(408);
    expect(clock.pending).toBe(0);
  });

  it('may be only so many at once', async () => {
    const { clock, port, make } = await scene({ bodies: 2 });
    const open = [beginBody(port), beginBody(port)];
    await until(() => clock.pending === 2);
    const refused = await make();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    clock.advance(DEFAULT_SERVER_LIMITS.bodyTimeoutMs);
    expect(await Promise.all(open.map(({ status }) => status))).toEqual([408, 408]);
    expect((await make()).status).toBe(201);
  });

  it.each([
    ['JSON', 'POST', { jsonBody: 10 }, 'application/json'],
    ['a text', 'PUT', { textBody: 10 }, 'text/plain'],
  ])('may be only so long: %s', async (_, method, limits, type) => {
    const { url, make } = await scene(limits);
    const { links } = (await (await make()).json()) as { links: { edit: { token: string } } };
    const path = method === 'POST' ? '/api/rooms' : `/api/rooms/${links.edit.token}/text`;
    const send = (body: string | ReadableStream): Promise<Response> =>
      fetch(url + path, { method, body, headers: { 'content-type': type }, duplex: 'half' } as RequestInit);
    expect((await send('{"a":"12345"}')).status).toBe(413);
    // Without a length it is found out on the way.
    expect((await send(new Blob(['{"a":"12345"}']).stream())).status).toBe(413);
    expect((await send('{}')).status).toBeLessThan(300);
  });
});

/** Waits, turn by turn of the event loop, for what a real socket brings. */
async function until(check: () => boolean): Promise<void> {
  while (!check()) await new Promise((resolve) => setImmediate(resolve));
}

describe('[P7] pages of other sites', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
    'write nothing by %s, whether they name their origin or not',
    async (method) => {
      const { url } = await scene();
      for (const path of ['/api/rooms', `/api/rooms/${'x'.repeat(22)}/text`, '/api/rooms/x/ops', '/api/nothing']) {
        for (const headers of [
          { origin: 'https://evil.example' },
          { origin: 'null' },
          { 'sec-fetch-site': 'cross-site' },
        ]) {
          // What a form can send without asking first.
          const answer = await fetch(url + path, { method, headers: { ...headers, 'content-type': 'text/plain' } });
          expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([403, 'foreign-origin']);
        }
      }
    },
  );
});

it('builds the addresses of links on what was visited, as a trusted proxy says it', async () => {
  const { url } = await scene({}, { trustProxy: true, basePath: '/notes' });
  const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'pad.example' };
  const answer = await fetch(`${url}/notes/api/rooms`, { method: 'POST', headers });
  const { links } = (await answer.json()) as { links: { edit: { token: string; url: string } } };
  expect(links.edit.url).toBe(`https://pad.example/notes/r/${links.edit.token}`);
  expect(answer.headers.get('location')).toBe(`/notes/api/rooms/${links.edit.token}`);
});

it('[P7] takes no word of a proxy that is not trusted into links', async () => {
  const { url } = await scene();
  const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' };
  const answer = await fetch(`${url}/api/rooms`, { method: 'POST', headers });
  const { links } = (await answer.json()) as { links: { edit: { token: string; url: string } } };
  expect(links.edit.url).toBe(`${url}/r/${links.edit.token}`);
});

it('answers behind the base path alone, but for the probes', async () => {
  const { url } = await scene({}, { trustProxy: false, basePath: '/notes' });
  const status = async (path: string) => (await fetch(url + path, { method: 'GET' })).status;
  expect(await status('/notes/api/rooms/x')).toBe(404);
  expect([await status('/notes/healthz'), await status('/healthz'), await status('/readyz?now')]).toEqual([
    200, 200, 200,
  ]);
  expect([await status('/api/rooms/x'), await status('/notesapi/rooms/x')]).toEqual([421, 421]);
});

describe('GET /metrics', () => {
  it('is behind the base path and before it, and takes nothing but GET', async () => {
    const { url } = await scene({}, { trustProxy: false, basePath: '/notes' });
    for (const path of ['/metrics', '/notes/metrics']) {
      const answer = await fetch(url + path);
      expect([answer.status, await answer.text()]).toEqual([200, 'up 1\n']);
    }
    expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${url}/metrics`, { headers: { 'x-forwarded-for': '127.0.0.1' } })).status).toBe(404);
  });
});

describe('/api/admin', () => {
  const keeper = { authorization: `Bearer ${ADMIN}` };

  it('[P10] is for whoever brings the token', async () => {
    const { url } = await scene();
    const statusOf = async (path: string, headers: Record<string, string>, method = 'GET'): Promise<number> =>
      (await fetch(url + path, { method, headers })).status;
    expect(await statusOf('/api/admin/rooms', keeper)).toBe(200);
    for (const [path, method] of [
      ['/api/admin/rooms', 'GET'],
      ['/api/admin/rooms/abc', 'DELETE'],
      ['/api/admin/rooms/abc/close', 'POST'],
      ['/api/admin/nothing', 'GET'],
    ] as const) {
      expect(await statusOf(path, {}, method)).toBe(401);
      expect(await statusOf(path, { authorization: 'Bearer for-others' }, method)).toBe(403);
    }
    expect(await statusOf('/api/admin/nothing', keeper)).toBe(404);
    expect(await statusOf('/api/admin/rooms', keeper, 'DELETE')).toBe(405);
    expect(await statusOf('/api/admin/rooms/abc', keeper, 'DELETE')).toBe(404);
  });

  it('lists rooms page by page', async () => {
    const { url, make } = await scene();
    for (let i = 0; i < 5; i++) await make();
    const ids: string[] = [];
    const sizes: number[] = [];
    for (let after: string | null = ''; after !== null;) {
      const answer = await fetch(`${url}/api/admin/rooms?limit=2&after=${after}`, { headers: keeper });
      const page = (await answer.json()) as {
        rooms: { id: string; rev: number; people: number }[];
        after: string | null;
      };
      ids.push(...page.rooms.map(({ id }) => id));
      sizes.push(page.rooms.length);
      after = page.after;
    }
    expect(sizes).toEqual([2, 2, 1]);
    expect(new Set(ids).size).toBe(5);
    for (const limit of ['0', '101', '1.5', 'x', '-1']) {
      expect((await fetch(`${url}/api/admin/rooms?limit=${limit}`, { headers: keeper })).status).toBe(400);
    }
  });

  it('closes a room, which is loaded anew, and deletes one, which is gone', async () => {
    const { url, make, rooms } = await scene();
    const { links } = (await (await make()).json()) as { links: { edit: { token: string } } };
    const [before] = rooms.loaded();
    const id = before?.id ?? '';
    const close = async (): Promise<unknown> =>
      (await fetch(`${url}/api/admin/rooms/${id}/close`, { method: 'POST', headers: keeper })).json();
    expect(await close()).toEqual({ closed: true });
    expect([before?.closed, rooms.size]).toEqual([true, 0]);
    expect(await close()).toEqual({ closed: false });
    const read = async (): Promise<number> => (await fetch(`${url}/api/rooms/${links.edit.token}`)).status;
    expect(await read()).toBe(200);
    expect([...rooms.loaded()].map((room) => [room.id, room.closed])).toEqual([[id, false]]);
    const remove = async (): Promise<number> =>
      (await fetch(`${url}/api/admin/rooms/${id}`, { method: 'DELETE', headers: keeper })).status;
    expect(await remove()).toBe(204);
    expect([await read(), await remove(), rooms.size]).toEqual([404, 404, 0]);
  });
});

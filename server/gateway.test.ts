import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect as openTcp, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import { SUBPROTOCOL } from '../lib/protocol/index.ts';
import { ManualClock } from '../lib/testing/index.ts';
import { AddressBudgets } from './address-budgets.ts';
import { callerOf } from './caller.ts';
import { createCounters } from './counters.ts';
import { tandemEndpoint, type Conversation } from './endpoint.ts';
import { openGateway, type Gateway, type GatewayOptions } from './gateway.ts';
import { Intake } from './intake.ts';
import { DEFAULT_SERVER_LIMITS, type ServerLimits } from './limits.ts';
import { createLog } from './log.ts';
import { Rooms } from './rooms.ts';
import { createMemoryStorage } from './storage/memory.ts';
import { stranger } from './testing/callers.ts';

const LIMITS = DEFAULT_SERVER_LIMITS;

let open: { server: Server; gateway: Gateway; clients: WebSocket[]; sockets: Socket[] } | null = null;
afterEach(() => {
  for (const client of open?.clients ?? []) client.terminate();
  for (const socket of open?.sockets ?? []) socket.destroy();
  open?.gateway.close();
  open?.server.close();
  open = null;
});

/** The schedule of a quiet server. */
function atOnce(run: () => number): number {
  setImmediate(run);
  return 0;
}

/** A gateway on a free port of the loopback. Sockets are real, time is not. */
async function scene(more: Partial<ServerLimits> = {}, trustProxy = false) {
  const limits = { ...LIMITS, ...more };
  const clock = new ManualClock();
  const log = createLog('silent');
  const counters = createCounters();
  const rooms = new Rooms({ storage: createMemoryStorage(), clock, log, limits });
  const budgets = new AddressBudgets(clock, limits);
  const server = createServer();
  const gateway = openGateway(server, {
    endpoints: [tandemEndpoint({ rooms, clock, log, limits, counters }, limits)],
    counters,
    log,
    callerOf: (request) => callerOf(request, budgets, { trustProxy, trustedUser: null }),
    intake: new Intake({ schedule: atOnce, now: counters.now }),
    trustProxy,
    clock,
    limits,
    allowedOrigins: [],
    requireOrigin: false,
    basePath: '',
  });
  const clients: WebSocket[] = [];
  const sockets: Socket[] = [];
  open = { server, gateway, clients, sockets };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  /** Resolves with the open socket, or with the status that it was refused with. */
  function connect(options: ClientOptions = {}): Promise<WebSocket | number> {
    // The pause after the one who came before.
    clock.advance(limits.newcomerEveryMs);
    const client = new WebSocket(`ws://127.0.0.1:${port}/ws`, [SUBPROTOCOL], options);
    clients.push(client);
    return new Promise((resolve, reject) => {
      client.on('open', () => resolve(client));
      client.on('unexpected-response', (_, response) => {
        resolve(response.statusCode ?? 0);
        client.terminate();
      });
      client.on('error', reject);
    });
  }
  async function must(options?: ClientOptions): Promise<WebSocket> {
    const client = await connect(options);
    if (typeof client === 'number') throw new Error(`refused with ${client}`);
    return client;
  }
  /** Asks for an upgrade, and resolves when the gateway has heard of it, whether it has answered or not. */
  async function knock(): Promise<Socket> {
    const heard = once(server, 'upgrade');
    const socket = openTcp(port, '127.0.0.1');
    sockets.push(socket);
    socket.write(
      'GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    await heard;
    return socket;
  }
  return { clock, gateway, connect, must, knock };
}

/** Long enough for what a closed socket says to have arrived. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function closed(client: WebSocket): Promise<number> {
  return new Promise((resolve) => client.on('close', resolve));
}

/** Waits, turn by turn of the event loop, for what a real socket brings. */
async function until(check: () => boolean): Promise<void> {
  while (!check()) await new Promise((resolve) => setImmediate(resolve));
}

describe('[P9] sockets', () => {
  it('are so many in total, and one more when one has left', async () => {
    const { gateway, connect, must } = await scene({ sockets: 2 });
    const [first] = [await must(), await must()];
    expect(await connect()).toBe(503);
    first.close();
    await until(() => gateway.sockets === 1);
    await must();
    expect(gateway.sockets).toBe(2);
  });

  it('are so many of one address, which a trusted proxy may name', async () => {
    const { connect, must } = await scene({ socketsPerAddress: 2 }, true);
    const from = (address: string): ClientOptions => ({ headers: { 'X-Forwarded-For': `1.2.3.4, ${address}` } });
    const first = await must(from('203.0.113.7'));
    await must(from('203.0.113.7'));
    expect(await connect(from('203.0.113.7'))).toBe(429);
    await must(from('198.51.100.9'));
    first.close();
    await closed(first);
    let again = await connect(from('203.0.113.7'));
    while (again === 429) again = await connect(from('203.0.113.7'));
    expect(again).toBeInstanceOf(WebSocket);
  });

  it('[P7] cannot name another address themselves', async () => {
    const { connect, must } = await scene({ socketsPerAddress: 1 });
    await must({ headers: { 'X-Forwarded-For': '203.0.113.7' } });
    expect(await connect({ headers: { 'X-Forwarded-For': '198.51.100.9' } })).toBe(429);
  });
});

describe('[P7] a crowd of newcomers', () => {
  it('comes in one by one, and who hangs up meanwhile takes no turn', async () => {
    const { clock, gateway, must, knock } = await scene({ newcomersAtOnce: 1 });
    await must();
    const [second, third] = [await knock(), await knock()];
    expect(gateway.sockets).toBe(1);
    second.destroy();
    await until(() => second.closed);
    await settle();
    expect(gateway.sockets).toBe(1);
    // The third has the second's turn.
    clock.advance(LIMITS.newcomerEveryMs);
    await until(() => gateway.sockets === 2);
    third.destroy();
  });

  it('is told 503 beyond those that may wait', async () => {
    const { must, knock } = await scene({ newcomersAtOnce: 1, newcomers: 1 });
    await must();
    await knock();
    const refused = await knock();
    const answer = await new Promise<string>((resolve) => refused.once('data', (data) => resolve(String(data))));
    expect(answer).toContain('503');
  });
});

describe('the heartbeat', () => {
  // A `hello` would be due sooner, and is not what this is about.
  const patient = { helloTimeoutMs: 10 * 60_000 };

  it('keeps a socket that answers pings, however quiet it is', async () => {
    const { clock, gateway, must } = await scene(patient);
    const client = await must();
    let pings = 0;
    client.on('ping', () => pings++);
    for (let minute = 1; minute <= 3; minute++) {
      const before = pings;
      clock.advance(LIMITS.pingEveryMs + 2_500);
      await until(() => pings > before);
      // The pong has to have arrived before time goes on.
      const marker = closed(client).then(() => 'closed');
      client.ping();
      const answer = new Promise((resolve) => client.once('pong', () => resolve('alive')));
      expect(await Promise.race([marker, answer])).toBe('alive');
    }
    expect(gateway.sockets).toBe(1);
  });

  it('asks somebody in a room, where silence is usual, after 45 s, and drops them after a minute', async () => {
    const { clock, gateway, must } = await scene(patient);
    const client = await must({ autoPong: false });
    let pings = 0;
    client.on('ping', () => pings++);
    client.send(JSON.stringify({ t: 'hello', v: 1, token: 'standup', client: 'A'.repeat(22), name: 'Ann', color: 1 }));
    await new Promise((resolve) => client.once('message', resolve));
    const gone = closed(client);
    clock.advance(44_000);
    await settle();
    expect(pings).toBe(0);
    clock.advance(3_500);
    await until(() => pings > 0);
    clock.advance(10_000);
    expect(gateway.sockets).toBe(1);
    clock.advance(5_000);
    expect(await gone).toBe(1006);
  });

  it('drops a half-open socket within 20 s', async () => {
    const { clock, gateway, must } = await scene(patient);
    const client = await must({ autoPong: false });
    const gone = closed(client);
    clock.advance(15_000);
    expect(gateway.sockets).toBe(1);
    clock.advance(5_000);
    expect(await gone).toBe(1006);
    await until(() => gateway.sockets === 0);
  });
});

describe('draining', () => {
  it('tells everybody when to come back, lets nobody in, and then closes with 4503', async () => {
    const { gateway, connect, must } = await scene();
    const client = await must();
    const heard: string[] = [];
    client.on('message', (data: Buffer) => heard.push(data.toString()));
    const code = closed(client);
    gateway.announceDrain(1_000, 4_000);
    expect(await connect()).toBe(503);
    expect(heard).toEqual(['{"t":"drain","minMs":1000,"maxMs":4000}']);
    expect(client.readyState).toBe(WebSocket.OPEN);
    gateway.dismiss();
    expect(await code).toBe(4503);
    expect(JSON.parse(heard.at(-1) ?? '')).toMatchObject({ t: 'error', code: 'draining' });
  });
});

/** A gateway whose sockets have these conversations. Returns its port. */
async function converseBy(
  converse: () => Conversation,
  more: Partial<Pick<GatewayOptions, 'intake' | 'wanted'>> = {},
): Promise<number> {
  const server = createServer();
  const gateway = openGateway(server, {
    endpoints: [{ mostBytes: 100, binary: false, choose: () => false, open: () => () => converse() }],
    counters: createCounters(),
    log: createLog('silent'),
    callerOf: () => stranger(),
    intake: new Intake({ schedule: atOnce, now: () => 0 }),
    trustProxy: true,
    clock: new ManualClock(),
    limits: LIMITS,
    allowedOrigins: [],
    requireOrigin: false,
    basePath: '',
    ...more,
  });
  open = { server, gateway, clients: [], sockets: [] };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

it('[P7] a foreign page is refused before anybody speaks with it', async () => {
  let conversations = 0;
  const port = await converseBy(() => {
    conversations++;
    throw new Error('Nobody was to come in.');
  });
  const knock = (headers: Record<string, string>): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const client = new WebSocket(`ws://127.0.0.1:${port}/ws`, { headers });
      client.on('unexpected-response', (_, { statusCode }) => resolve(statusCode));
      client.on('error', reject);
    });
  const behindTls = { 'x-forwarded-host': 'pad.example', 'x-forwarded-proto': 'https' };
  expect(await knock({ origin: 'https://evil.example' })).toBe(403);
  expect(await knock({ 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await knock({ ...behindTls, origin: 'http://pad.example' })).toBe(403);
  expect([conversations, open?.gateway.sockets]).toEqual([0, 0]);
});

describe('what arrives', () => {
  async function converse(isInside: boolean) {
    const heard: string[] = [];
    let wanted = 0;
    const conversation: Conversation = {
      id: '',
      patientUntil: 0,
      isInside,
      receive: (frame) => void heard.push(frame),
      receiveBinary: (frame) => void heard.push(frame.toString('latin1')),
      send: () => undefined,
      end: () => undefined,
      closed: () => void heard.push('closed'),
    };
    // A beat that does not come.
    const intake = new Intake({ schedule: () => 90, now: () => 0 });
    const port = await converseBy(() => conversation, { intake, wanted: () => void wanted++ });
    const client = new WebSocket(`ws://127.0.0.1:${port}/ws`);
    open?.clients.push(client);
    await once(client, 'open');
    return { heard, client, wanted: () => wanted };
  }

  it('[P1] waits for the beat if it is a member’s, and is heard before they leave', async () => {
    const { heard, client, wanted } = await converse(true);
    const before = wanted();
    expect(before).toBeGreaterThan(0);
    client.send('last');
    client.send(Buffer.from('words'));
    await settle();
    expect(heard).toEqual([]);
    client.close();
    await until(() => heard.includes('closed'));
    expect(heard).toEqual(['last', 'words', 'closed']);
    expect(wanted()).toBe(before);
  });

  it('is heard at once from who is not in a room, and wakes the thread', async () => {
    const { heard, client, wanted } = await converse(false);
    const before = wanted();
    client.send('hello');
    await until(() => heard.length > 0);
    expect([heard, wanted()]).toEqual([['hello'], before + 1]);
  });
});

import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createRoom,
  eventually,
  join,
  postJson,
  readText,
  request,
  startServer,
  type TestServer,
  within,
} from '../harness/index.ts';

const ADMIN = 'for-keepers-only';
const KEEPER = { authorization: `Bearer ${ADMIN}` };

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ env: { ADMIN_TOKEN: ADMIN, NODE_NAME: 'north-1' } });
});
afterAll(() => server.stop());

type Said = Record<string, unknown> & { t: string };

interface Watcher {
  heard: Said[];
  say(message: unknown): void;
  /** The next message that fits. */
  next(fits: (message: Said) => boolean): Promise<Said>;
  closed: Promise<number>;
  close(): void;
}

async function watch(headers: Record<string, string> = {}): Promise<Watcher> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/status/ws`, { headers });
  const heard: Said[] = [];
  socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString()) as Said));
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  let passed = 0;
  return {
    heard,
    say: (message) => socket.send(JSON.stringify(message)),
    async next(fits) {
      await eventually('a message that fits', () => heard.slice(passed).some(fits));
      passed = heard.findIndex((message, at) => at >= passed && fits(message)) + 1;
      return heard[passed - 1] ?? { t: 'nothing' };
    },
    closed,
    close: () => socket.close(),
  };
}

const of = (channel: string) => (message: Said) => message['channel'] === channel;

describe('/status/ws', () => {
  it('tells what is done here, once a second, to whoever asked', async () => {
    const { links } = await createRoom(server.url);
    const ann = await join(server.url, links.edit.token);
    const watcher = await watch();
    expect(await watcher.next(({ t }) => t === 'welcome')).toEqual({ t: 'welcome', node: 'north-1', admin: true });
    for (const channel of ['traffic', 'latency', 'nodes', 'storage']) watcher.say({ t: 'subscribe', channel });
    await watcher.next(of('storage'));
    for (let seq = 1; seq <= 20; seq++) {
      await ann.peer.submit({ t: 'op', seq, rev: seq - 1, op: seq === 1 ? ['x'] : [seq - 1, 'x'] });
    }
    const traffic = await watcher.next((message) => of('traffic')(message) && Number(message['edits']) > 0);
    expect(traffic).toMatchObject({ t: 'sample', node: 'north-1', people: 1 });
    expect(traffic['rooms']).toBeGreaterThanOrEqual(1);
    const latency = await watcher.next((message) => of('latency')(message) && message['ack'] !== null);
    const { p50, p95, p99 } = latency['ack'] as { p50: number; p95: number; p99: number };
    expect(p50).toBeGreaterThan(0);
    expect(p95 >= p50 && p99 >= p95).toBe(true);
    expect(await watcher.next(of('nodes'))).toMatchObject({ node: 'north-1', role: 'serving' });
    expect(await watcher.next(of('storage'))).toMatchObject({ up: true, bus: true, failures: 0 });
    expect(JSON.stringify(watcher.heard)).not.toContain(links.edit.token);

    watcher.say({ t: 'unsubscribe', channel: 'traffic' });
    await watcher.next(of('storage'));
    const before = watcher.heard.filter(of('traffic')).length;
    await watcher.next(of('storage'));
    await watcher.next(of('storage'));
    expect(watcher.heard.filter(of('traffic')).length).toBeLessThanOrEqual(before + 1);
    watcher.close();
    ann.peer.close();
  });

  it('sends away whoever asks for what there is not', async () => {
    const watcher = await watch();
    watcher.say({ t: 'subscribe', channel: 'gossip' });
    expect(await within(5_000, 'the close', watcher.closed)).toBe(4400);
    expect(watcher.heard.at(-1)).toMatchObject({ t: 'error', code: 'no-such-channel' });
  });

  it('[P7] is closed to pages of other origins', async () => {
    await expect(watch({ origin: 'https://evil.example' })).rejects.toThrow('403');
  });

  it('[P10] tells titles to whoever has the token alone', async () => {
    const { links } = await createRoom(server.url, { title: 'Secret plans' });
    const ann = await join(server.url, links.edit.token);
    const stranger = await watch();
    stranger.say({ t: 'subscribe', channel: 'rooms' });
    expect(await within(5_000, 'the close', stranger.closed)).toBe(4401);
    const keeper = await watch();
    keeper.say({ t: 'admin', token: ADMIN });
    keeper.say({ t: 'subscribe', channel: 'rooms' });
    const { rooms } = await keeper.next(of('rooms'));
    expect(rooms).toContainEqual(expect.objectContaining({ title: 'Secret plans', people: 1 }));
    expect(JSON.stringify([stranger.heard, keeper.heard])).not.toContain(links.edit.token);
    keeper.close();
    ann.peer.close();
  });
});

describe('/api/admin', () => {
  it('lists, closes so that people come back, and deletes', async () => {
    const { links } = await createRoom(server.url, { title: 'Minutes', text: 'kept' });
    const token = links.edit.token;
    const ann = await join(server.url, token);
    const list = await request(server.url, 'GET', '/api/admin/rooms', { headers: KEEPER });
    const { rooms } = list.json<{
      rooms: { id: string; title: string; people: number; bytes: number; rev: number }[];
    }>();
    const room = rooms.find(({ title }) => title === 'Minutes');
    expect(room).toMatchObject({ people: 1, rev: 1 });
    expect(room?.bytes).toBeGreaterThan(0);
    expect(list.text()).not.toContain(token);

    const at = `/api/admin/rooms/${room?.id ?? ''}`;
    const closed = await request(server.url, 'POST', `${at}/close`, { headers: KEEPER });
    expect(closed.json()).toEqual({ closed: true });
    expect(await within(5_000, 'the close', ann.peer.closed)).toMatchObject({ code: 4503 });
    const back = await join(server.url, token);
    expect(back.welcome.text).toBe('kept');

    expect((await request(server.url, 'DELETE', at, { headers: KEEPER })).status).toBe(204);
    expect(await within(5_000, 'the close', back.peer.closed)).toMatchObject({ code: 4404 });
    await expect(readText(server.url, token)).rejects.toThrow('404');
  });

  it('[P10] is not there for strangers, nor for pages of other origins', async () => {
    expect((await request(server.url, 'GET', '/api/admin/rooms')).status).toBe(401);
    const wrong = await request(server.url, 'GET', '/api/admin/rooms', { headers: { authorization: 'Bearer x' } });
    expect(wrong.status).toBe(403);
    const foreign = await request(server.url, 'DELETE', '/api/admin/rooms/x', {
      headers: { ...KEEPER, origin: 'https://evil.example' },
    });
    expect(foreign.status).toBe(403);
  });

  it('[P10] is not there at all without a token', async () => {
    const plain = await startServer();
    try {
      expect((await request(plain.url, 'GET', '/api/admin/rooms', { headers: KEEPER })).status).toBe(404);
      expect((await request(plain.url, 'GET', '/admin')).status).toBe(404);
      expect((await request(plain.url, 'GET', '/status')).status).toBe(200);
      expect((await postJson(plain.url, '/api/admin/rooms/x/close', {})).status).toBe(404);
    } finally {
      await plain.stop();
    }
  });
});

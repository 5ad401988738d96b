import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  connect,
  connectYjs,
  createRoom,
  eventually,
  freshToken,
  join,
  type Peer,
  request,
  startServer,
  type TestServer,
} from '../harness/index.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ env: { LOG_LEVEL: 'trace' } });
});
afterAll(() => server.stop());

interface Metrics {
  /** The value of `name{labels}`, written as it stands there; 0 if it does not. */
  of(sample: string): number;
  /** Every value of every label. */
  labels: readonly { name: string; label: string; value: string }[];
}

async function read(url = server.url): Promise<Metrics> {
  const answer = await request(url, 'GET', '/metrics');
  if (answer.status !== 200) throw new Error(`GET /metrics answered ${answer.status}`);
  const lines = answer
    .text()
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const values = new Map<string, number>();
  for (const line of lines) {
    const at = line.lastIndexOf(' ');
    values.set(line.slice(0, at), Number(line.slice(at + 1)));
  }
  return {
    of: (sample) => values.get(sample) ?? 0,
    labels: [...values.keys()].flatMap((sample) => {
      const [, name = '', inside = ''] = /^(\w+)\{(.*)\}$/.exec(sample) ?? [];
      return [...inside.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = '', value = '']) => ({
        name,
        label,
        value,
      }));
    }),
  };
}

/** How `sample` has grown while `act` ran. */
async function growth(act: () => Promise<void>, samples: readonly string[]): Promise<number[]> {
  const before = await read();
  await act();
  const after = await read();
  return samples.map((sample) => after.of(sample) - before.of(sample));
}

const op = (seq: number, rev: number, text: string) => ({ t: 'op', seq, rev, op: [text] }) as const;

describe('GET /metrics', () => {
  it('counts edits, messages, batches and delays as they happen', async () => {
    const { links } = await createRoom(server.url);
    const ann = await join(server.url, links.edit.token);
    const bob = await join(server.url, links.view.token);
    const grown = await growth(async () => {
      for (let seq = 1; seq <= 5; seq++)
        await ann.peer.submit({ t: 'op', seq, rev: seq - 1, op: seq === 1 ? ['x'] : [seq - 1, 'x'] });
      await bob.peer.reached(5);
    }, [
      'tandem_edits_received_total',
      'tandem_edits_committed_total',
      'tandem_messages_received_total{type="op"}',
      'tandem_messages_sent_total{type="ops"}',
      'tandem_edit_to_broadcast_seconds_count',
      'tandem_batch_edits_sum',
      'tandem_resends_total',
      'tandem_conflicts_total',
    ]);
    expect(grown).toEqual([5, 5, 5, 10, 5, 5, 0, 0]);

    const now = await read();
    expect(now.of('tandem_sessions{kind="ot"}')).toBe(2);
    expect(now.of('tandem_connections')).toBe(2);
    expect(now.of('tandem_rooms_loaded')).toBeGreaterThanOrEqual(1);
    expect(now.of('tandem_store_up')).toBe(1);
    expect(now.of('tandem_bus_up')).toBe(1);
    expect(now.of('tandem_commit_seconds_sum')).toBeGreaterThan(0);
    expect(now.of('tandem_storage_seconds_count{call="append"}')).toBeGreaterThanOrEqual(5);
    expect(now.of('tandem_received_bytes_total')).toBeGreaterThan(200);
    expect(now.of('tandem_sent_bytes_total')).toBeGreaterThan(now.of('tandem_received_bytes_total'));
    expect(now.of('process_resident_memory_bytes')).toBeGreaterThan(10_000_000);
    expect(now.of('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);

    ann.peer.close();
    bob.peer.close();
    await eventually('both to be gone', async () => (await read()).of('tandem_connections') === 0);
    expect((await read()).of('tandem_sessions{kind="ot"}')).toBe(0);
  });

  it('counts what comes again, who comes back, and what is refused', async () => {
    const { links } = await createRoom(server.url);
    const ann = await join(server.url, links.edit.token);
    const grown = await growth(async () => {
      await ann.peer.submit(op(1, 0, 'x'));
      await ann.peer.submit(op(1, 0, 'x'));
      ann.peer.send(op(1, 0, 'x'));
      await ann.peer.next('ack');
      ann.peer.send({ t: 'mismatch', rev: 1, hash: '00000000' });
      ann.peer.send({ t: 'ping', at: 1 });
      await ann.peer.next('pong');
      const { epoch } = ann.welcome;
      const back = await join(server.url, links.edit.token, { client: ann.client, rev: 1, epoch });
      const astray = await join(server.url, links.edit.token, { rev: 1, epoch: freshToken() });
      astray.peer.sendRaw('{');
      await astray.peer.closed;
      const reader = await join(server.url, links.view.token);
      reader.peer.send(op(1, 1, 'y'));
      await reader.peer.closed;
      back.peer.close();
    }, [
      'tandem_resends_total',
      'tandem_hash_mismatches_total',
      'tandem_resumes_total',
      'tandem_resyncs_total',
      'tandem_errors_total{code="bad-json"}',
      'tandem_errors_total{code="read-only"}',
      'tandem_errors_total{code="superseded"}',
    ]);
    // The second try was answered from what the harness had heard, so one edit came again on the wire, or two.
    expect(grown[0]).toBeGreaterThanOrEqual(1);
    expect(grown.slice(1)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('counts Yjs clients and REST', async () => {
    const { links } = await createRoom(server.url, { text: 'hello' });
    const before = await read();
    const yjs = await connectYjs(server.url, links.edit.token);
    await yjs.first('state-vector');
    await request(server.url, 'GET', `/api/rooms/${links.edit.token}/text`);
    await request(server.url, 'GET', `/api/rooms/${freshToken()}/text`);
    const after = await read();
    const grown = (sample: string): number => after.of(sample) - before.of(sample);
    expect(after.of('tandem_sessions{kind="yjs"}')).toBe(1);
    expect(grown('tandem_messages_sent_total{type="yjs"}')).toBeGreaterThan(0);
    // The reading itself is one too.
    expect(grown('tandem_http_answers_total{status="2xx"}')).toBe(2);
    expect(grown('tandem_http_answers_total{status="4xx"}')).toBe(1);
    expect(after.of('tandem_sessions{kind="api"}')).toBe(0);
    yjs.close();
  });

  it('[P10] has no label that a caller could write, after hostile traffic', async () => {
    const secret = `hostile-${freshToken()}`;
    const { links } = await createRoom(server.url, { title: secret, text: secret, name: secret });
    const headers = { 'user-agent': secret, 'x-request-id': secret, 'x-forwarded-for': secret };
    await request(server.url, 'GET', `/api/rooms/${secret}`, { headers });
    await request(server.url, 'GET', `/api/${secret}`, { headers });
    await request(server.url, 'PATCH', `/api/rooms/${links.edit.token}/${secret}`, { headers });
    await request(server.url, 'POST', '/api/rooms', { headers, body: secret });
    const peers: Peer[] = [];
    for (const frame of [secret, `{"t":"${secret}"}`, `{"t":"hello","v":1,"token":"${secret}","client":"${secret}"}`]) {
      const peer = await connect(server.url, { headers: { 'user-agent': secret } });
      peer.sendRaw(frame);
      peers.push(peer);
    }
    const ann = await join(server.url, links.edit.token, { name: secret });
    ann.peer.sendRaw(`{"t":"error","code":"${secret}"}`);
    await Promise.all([...peers, ann.peer].map(({ closed }) => closed));

    const { labels } = await read();
    expect(labels.length).toBeGreaterThan(100);
    const tokens = Object.values(links).map(({ token }) => token);
    for (const { value } of labels) for (const bad of [secret, ...tokens]) expect(value).not.toContain(bad);
    const words = (wanted: string): Set<string> =>
      new Set(
        labels.filter(({ name, label }) => label === wanted && name.startsWith('tandem_')).map(({ value }) => value),
      );
    expect([...words('kind')].sort()).toEqual(['api', 'ot', 'yjs']);
    expect([...words('status')].sort()).toEqual(['2xx', '3xx', '4xx', '5xx']);
    for (const label of ['type', 'code', 'call'])
      for (const value of words(label)) expect(value).toMatch(/^[A-Za-z-]{2,20}$/);
    expect(new Set(labels.map(({ label }) => label)).size).toBeLessThan(20);
  });

  it('[P10] is for this machine alone, and for nobody through a proxy', async () => {
    expect((await request(server.url, 'GET', '/metrics')).status).toBe(200);
    const passedOn = await request(server.url, 'GET', '/metrics', { headers: { 'x-forwarded-for': '127.0.0.1' } });
    expect(passedOn.status).toBe(404);
  });

  it('[P10] is for whoever brings the token, where there is one', async () => {
    const guarded = await startServer({ env: { METRICS_TOKEN: 'for-prometheus-only' } });
    try {
      const statusWith = async (headers: Record<string, string>): Promise<number> =>
        (await request(guarded.url, 'GET', '/metrics', { headers })).status;
      expect(await statusWith({})).toBe(404);
      expect(await statusWith({ authorization: 'Bearer for-prometheus-onlyx' })).toBe(404);
      expect(await statusWith({ authorization: 'Bearer for-prometheus-only', 'x-forwarded-for': '1.2.3.4' })).toBe(200);
    } finally {
      await guarded.stop();
    }
  });
});

describe('[P10] the log at its loudest', () => {
  it('names the node, the request and the session, and no text, title, name or token', async () => {
    const secret = `secret${freshToken()}`;
    const { links } = await createRoom(server.url, { title: `title ${secret}`, text: `text ${secret}` });
    const ann = await join(server.url, links.edit.token, { name: `name ${secret}`, person: freshToken() });
    await ann.peer.submit(op(1, 1, `typed ${secret}`)).catch(() => undefined);
    ann.peer.send({ t: 'mismatch', rev: 1, hash: '00000000' });
    ann.peer.send({ t: 'ping', at: 1 });
    await ann.peer.next('pong').catch(() => undefined);
    const answer = await request(server.url, 'GET', `/api/rooms/${links.edit.token}`);
    expect(answer.headers.get('x-request-id')).toMatch(/^[A-Za-z0-9]{22}$/);
    ann.peer.close();
    await ann.peer.closed;

    // What the server writes comes a moment later, and a line perhaps in two pieces.
    const lines = () =>
      server
        .output()
        .split('\n')
        .filter((line) => line.startsWith('{') && line.endsWith('}'))
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    const opened = await eventually('the line of the socket', () =>
      lines().find(({ msg, session }) => msg === 'socket opened' && session === ann.welcome.session),
    );
    expect(opened).toMatchObject({ request: expect.any(String) as unknown });
    expect(lines().length).toBeGreaterThan(3);
    for (const line of lines())
      expect(line).toMatchObject({ node: expect.stringMatching(/^[A-Za-z0-9._-]+$/) as unknown });
    const written = server.output();
    for (const hidden of [secret, ann.client, ...Object.values(links).map(({ token }) => token)]) {
      expect(written).not.toContain(hidden);
    }
  });

  it('takes the name of a request from a proxy that is trusted, and gives it back', async () => {
    const behind = await startServer({ env: { TRUST_PROXY: '1' } });
    try {
      const idOf = async (said: string): Promise<string | null> =>
        (await request(behind.url, 'GET', '/api/nothing', { headers: { 'x-request-id': said } })).headers.get(
          'x-request-id',
        );
      expect(await idOf('7f3c9a2e-1b4d-4c8f-9f00-aa11bb22cc33')).toBe('7f3c9a2e-1b4d-4c8f-9f00-aa11bb22cc33');
      expect(await idOf('no spaces here')).toMatch(/^[A-Za-z0-9]{22}$/);
    } finally {
      await behind.stop();
    }
  });
});

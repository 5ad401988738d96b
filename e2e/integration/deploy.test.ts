import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../lib/protocol/index.ts';
import {
  connect,
  createRoom,
  eventually,
  freshToken,
  request,
  root,
  startServer,
  temporaryFolder,
  type TestServer,
} from '../harness/index.ts';
import { faultsOfNginx, startNginx, type TestNginx } from '../harness/nginx.ts';
import { spawnProgram } from '../harness/processes.ts';
import { findProgram } from '../harness/programs.ts';
import { connectYjs } from '../harness/yjs-peer.ts';

/** As many as show that a hash spreads them: all on one of two nodes would be one chance in half a million. */
const SHARDS = Array.from({ length: 20 }, (_, index) =>
  ((index + 1) * 0x0c0f_fee1).toString(16).slice(-8).padStart(8, '0'),
);

let nodes: TestServer[];
let nginx: TestNginx;
beforeAll(async () => {
  nodes = [await startServer({ env: { TRUST_PROXY: '1' } }), await startServer({ env: { TRUST_PROXY: '1' } })];
  nginx = await startNginx({ nodes: nodes.map(({ port }) => port) });
});
afterAll(async () => {
  await nginx.stop();
  await Promise.all(nodes.map((node) => node.stop()));
});

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/**
 * Does `act` and says which node answered the request of this method and path that it made. nginx writes a line once the answer is
 * out, which may be after we have it, so the line must be a new one.
 */
async function nodeOf(methodAndPath: string, act: () => Promise<unknown>): Promise<string> {
  const lines = () => nginx.accessLog().filter((each) => each.includes(`"${methodAndPath} `));
  const before = lines().length;
  await act();
  const line = await eventually(`a new line "${methodAndPath}" in the log`, () => lines()[before]);
  return / node=(\S+)/.exec(line)?.[1] ?? '';
}

describe('the configuration of nginx', () => {
  it.each(['upstream-cluster.conf', 'upstream-one-node.conf'])('is right with %s', async (upstream) => {
    expect(await faultsOfNginx(upstream)).toBe('');
  });
});

describe('the services of systemd', () => {
  const analyze = '/usr/bin/systemd-analyze';

  // On machines without systemd nobody could use them either; server/deployed.test.ts reads them everywhere.
  it.skipIf(!existsSync(analyze)).each([
    ['tandem.service', 'tandem.service'],
    ['tandem@.service', 'tandem@3001.service'],
  ])('%s is right', async (file, name) => {
    const folder = temporaryFolder();
    stops.push(() => rmSync(folder, { recursive: true, force: true }));
    const unit = readFileSync(join(root, 'deploy', 'systemd', file), 'utf8');
    // It wants the program to be there.
    writeFileSync(join(folder, name), unit.replace('/usr/bin/node', process.execPath));
    const verify = spawnProgram([analyze, 'verify', join(folder, name)]);
    expect((await verify.exited).code, verify.output()).toBe(0);
    expect(verify.output()).toBe('');
  });
});

describe('nginx before two nodes', () => {
  it('keeps a shard on one node, and spreads the shards', async () => {
    const seen = new Map<string, Set<string>>();
    for (let round = 0; round < 3; round++) {
      for (const shard of SHARDS) {
        const place = await nodeOf('GET /ws', async () => {
          const peer = await connect(nginx.url, { shard });
          peer.close();
          await peer.closed;
        });
        seen.set(shard, (seen.get(shard) ?? new Set()).add(place));
      }
    }
    expect([...seen.values()].map((places) => places.size)).toEqual(SHARDS.map(() => 1));
    expect(new Set([...seen.values()].flatMap((places) => [...places])).size).toBe(2);
  });

  it('keeps the page and REST of one token on one node', async () => {
    for (const token of Array.from({ length: 4 }, freshToken)) {
      const text = () => request(nginx.url, 'GET', `/api/rooms/${token}/text`);
      const page = () => request(nginx.url, 'GET', `/r/${token}`);
      const place = await nodeOf('GET /api/rooms/***/text', text);
      expect(await nodeOf('GET /r/***', page)).toBe(place);
    }
  });

  it('passes sockets of both kinds on', async () => {
    const { links } = await createRoom(nginx.url, { text: 'through nginx' });
    const { token } = links.edit;
    // The room's maker and its guests may be on different nodes here, which share nothing: the one that has it is asked.
    const home = await nodeWith(token);
    const single = await startNginx({ nodes: [home.port] });
    stops.push(() => single.stop());
    const peer = await connect(single.url);
    peer.send({ t: 'hello', v: 1, token, client: freshToken() });
    expect((await peer.next('welcome')).text).toBe('through nginx');
    peer.close();
    const yjs = await connectYjs(single.url, token);
    expect((await yjs.first('state-vector')).vector.length).toBeGreaterThan(0);
    yjs.close();
  });

  it('sends what a node that has died would have got to the other one', async () => {
    const pair = [await startServer({ env: { TRUST_PROXY: '1' } }), await startServer({ env: { TRUST_PROXY: '1' } })];
    stops.push(() => Promise.all(pair.map((node) => node.stop())));
    const before = await startNginx({ nodes: pair.map(({ port }) => port) });
    stops.push(() => before.stop());
    await pair[0]?.kill('SIGKILL');
    for (const shard of SHARDS) {
      expect((await request(before.url, 'GET', `/healthz?shard=${shard}`)).status).toBe(200);
      expect((await request(before.url, 'POST', `/api/rooms?shard=${shard}`)).status).toBe(201);
    }
  });

  it('lets everybody in again at once when all nodes were away', async () => {
    const pair = [await startServer({ env: { TRUST_PROXY: '1' } }), await startServer({ env: { TRUST_PROXY: '1' } })];
    stops.push(() => Promise.all(pair.map((node) => node.stop())));
    const before = await startNginx({ nodes: pair.map(({ port }) => port) });
    stops.push(() => before.stop());
    await Promise.all(pair.map((node) => node.kill('SIGKILL')));
    for (const shard of SHARDS) await expect(connect(before.url, { shard })).rejects.toThrow('502');
    await Promise.all(pair.map((node) => node.restart()));
    // Sockets alone: nginx would forgive failed nodes when a request ends, and a socket does not.
    const peers = await Promise.all(SHARDS.map((shard) => connect(before.url, { shard })));
    for (const peer of peers) peer.close();
  });

  it('lets the largest body in, and nothing larger', async () => {
    const { links } = await createRoom(nginx.url);
    const path = `/api/rooms/${links.edit.token}/text`;
    const home = await nodeWith(links.edit.token);
    const single = await startNginx({ nodes: [home.port] });
    stops.push(() => single.stop());
    const most = 'ü'.repeat(DEFAULT_LIMITS.document);
    expect((await request(single.url, 'PUT', path, { body: most })).status).toBe(200);
    expect((await request(home.url, 'GET', path)).text()).toBe(most);
    const tooMuch = await request(single.url, 'PUT', path, { body: 'x'.repeat(9 * 2 ** 20) });
    expect(tooMuch.status).toBe(413);
  });

  it('says who visits what, whatever strangers write into their headers', async () => {
    const answer = await request(nginx.url, 'POST', '/api/rooms', {
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' },
    });
    const { links } = answer.json<{ links: { edit: { url: string } } }>();
    expect(links.edit.url.startsWith(`${nginx.url}/r/`)).toBe(true);
  });

  it('keeps tokens and passwords out of its log', async () => {
    const [token, password] = [freshToken(), 'open-sesame'];
    const places = [
      `/r/${token}`,
      `/api/rooms/${token}/text?a=${password}`,
      `/notes/api/rooms/${token}`,
      `/yjs/${token}`,
    ];
    const lines = nginx.accessLog().length;
    for (const path of places)
      await request(nginx.url, 'GET', path, { headers: { referer: `${nginx.url}/r/${token}` } });
    await expect(connectYjs(nginx.url, token, { password }).then((peer) => peer.closed)).resolves.toBeDefined();
    const isWritten = () => nginx.accessLog().length >= lines + places.length + 1;
    await eventually('a line for each request in the log', isWritten);
    for (const path of ['/yjs/***', '/api/rooms/***/text', '/notes/api/rooms/***'])
      expect(nginx.accessLog().join('\n')).toContain(`"GET ${path} `);
    const log = nginx.accessLog().join('\n') + nginx.output();
    expect(log).not.toContain(token);
    expect(log).not.toContain(password);
  });

  it('compresses answers, keeps numbers to itself, and passes no upgrade on but WebSocket', async () => {
    const { links } = await createRoom(nginx.url, { text: 'again and again '.repeat(1_000) });
    const home = await nodeWith(links.edit.token);
    const single = await startNginx({ nodes: [home.port] });
    stops.push(() => single.stop());
    const text = await request(single.url, 'GET', `/api/rooms/${links.edit.token}/text`);
    expect(text.headers.get('content-encoding')).toBe('gzip');
    expect(text.text()).toHaveLength(16_000);
    expect((await request(single.url, 'GET', '/metrics')).status).toBe(404);
    const curl = spawnProgram([
      'curl',
      '-s',
      '-o',
      '/dev/null',
      '-w',
      '%{http_code}',
      '--http2',
      `${single.url}/healthz`,
    ]);
    await curl.exited;
    expect(curl.output()).toBe('200');
  });
});

it('serves TLS by the lines that are commented out, and links say https', async () => {
  const folder = temporaryFolder();
  stops.push(() => rmSync(folder, { recursive: true, force: true }));
  const tls = { certificate: join(folder, 'a.pem'), key: join(folder, 'a.key') };
  const ask = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-subj',
    '/CN=localhost',
  ];
  const made = spawnProgram([findProgram('openssl', 'openssl'), ...ask, '-keyout', tls.key, '-out', tls.certificate]);
  expect((await made.exited).code, made.output()).toBe(0);
  expect(await faultsOfNginx('upstream-cluster.conf', tls)).toBe('');
  const secure = await startNginx({ nodes: nodes.map(({ port }) => port), tls });
  stops.push(() => secure.stop());
  const { body, headers } = await overTls(`${secure.url}/api/rooms`);
  const { links } = JSON.parse(body) as { links: { edit: { url: string } } };
  expect(links.edit.url.startsWith(`${secure.url}/r/`)).toBe(true);
  expect(headers['strict-transport-security']).toMatch(/max-age=\d+/);
});

/** Of two nodes that share nothing, the one that this room was made on. */
async function nodeWith(token: string): Promise<TestServer> {
  for (const node of nodes) {
    if ((await request(node.url, 'GET', `/api/rooms/${token}`)).status === 200) return node;
  }
  throw new Error('No node has the room.');
}

/** POST to a server whose certificate nobody has signed. */
function overTls(url: string): Promise<{ body: string; headers: NodeJS.Dict<string | string[]> }> {
  return new Promise((resolve, reject) => {
    const asked = httpsRequest(url, { method: 'POST', rejectUnauthorized: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ body, headers: response.headers }));
    });
    asked.on('error', reject).end();
  });
}

import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRoom, startServer, type TestServer } from '../harness/index.ts';

let server: TestServer;
let room: string;

beforeAll(async () => {
  server = await startServer({ env: { TRUST_PROXY: '1', FRAME_ANCESTORS: "'self' https://wiki.example" } });
  room = (await createRoom(server.url, { text: 'Read me.' })).links.edit.token;
});

afterAll(async () => {
  await server.stop();
});

const SAME_FOR_ALL = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

async function headersOf(path: string, headers: Record<string, string> = {}): Promise<Headers> {
  const answer = await fetch(server.url + path, { headers });
  await answer.arrayBuffer();
  expect(Object.fromEntries(answer.headers)).toMatchObject(SAME_FOR_ALL);
  expect(answer.headers.get('permissions-policy')).toContain('camera=()');
  return answer.headers;
}

it.each(['/', '/offline', '/no/such/page', '/r/xxxxxxxxxxxxxxxxxxxxxx', '/r/ROOM'])(
  '[P7] %s runs the scripts that carry the nonce of this very answer',
  async (path) => {
    const answer = await fetch(server.url + path.replace('ROOM', room));
    const policy = answer.headers.get('content-security-policy') ?? '';
    const nonce = /script-src 'self' 'nonce-([^']+)';/.exec(policy)?.[1];
    expect(nonce).toBeDefined();
    expect(policy).toContain("frame-ancestors 'self' https://wiki.example;");
    expect(answer.headers.has('x-frame-options')).toBe(false);
    const scripts = [...(await answer.text()).matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    expect(scripts.length).toBeGreaterThan(3);
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
    // Kept by a proxy, it would serve everybody one nonce.
    expect(answer.headers.get('cache-control')).toContain('no-store');
  },
);

it.each(['/api/rooms/ROOM', '/api/rooms/ROOM/text', '/api/rooms/xxxxxxxxxxxxxxxxxxxxxx', '/healthz'])(
  '[P7] nothing runs in %s, and nobody frames it',
  async (path) => {
    const headers = await headersOf(path.replace('ROOM', room));
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get('x-frame-options')).toBe('DENY');
  },
);

it('[P7] files have the headers too', async () => {
  const html = await (await fetch(`${server.url}/`)).text();
  const [file = ''] = /\/_next\/static\/[^"]+\.js/.exec(html) ?? [];
  for (const path of [file, '/sw.js', '/icon.svg']) {
    expect((await headersOf(path)).get('content-security-policy')).toContain("default-src 'self';");
  }
});

it('browsers keep to https where they came by it', async () => {
  expect((await headersOf('/')).has('strict-transport-security')).toBe(false);
  for (const path of ['/', '/healthz']) {
    const headers = await headersOf(path, { 'x-forwarded-proto': 'https' });
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d+$/);
  }
});

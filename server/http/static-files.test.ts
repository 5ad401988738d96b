import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { StaticFiles } from './static-files.ts';

const SCRIPT = 'let one = 1;\n'.repeat(200);

let folder: string;
let server: Server;
let base: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'static-'));
  mkdirSync(join(folder, 'chunks', 'a b'), { recursive: true });
  const script = join(folder, 'chunks', 'one.js');
  writeFileSync(script, SCRIPT);
  writeFileSync(`${script}.br`, brotliCompressSync(SCRIPT));
  writeFileSync(`${script}.gz`, gzipSync(SCRIPT));
  writeFileSync(join(folder, 'chunks', 'a b', 'face.woff2'), 'font');
  writeFileSync(join(folder, 'chunks', 'secret.key'), 'key');
  const files = new StaticFiles(folder, '/notes/_next/static/');
  server = createServer((request, response) => {
    void files.answer(request, response).then((done) => {
      if (!done) response.writeHead(404).end('framework');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/notes/_next/static`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

/** `fetch` unpacks what it gets, and asks for what it likes unless it is told. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> {
  return fetch(base + path, { method, headers: { 'accept-encoding': 'identity', ...headers } });
}

it.each([
  ['br, gzip', 'br', brotliCompressSync(SCRIPT).length],
  ['gzip', 'gzip', gzipSync(SCRIPT).length],
  ['identity', null, SCRIPT.length],
])('sends for %s what it says', async (accepted, encoding, length) => {
  const answer = await get('/chunks/one.js?x=1', { 'accept-encoding': accepted });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-encoding')).toBe(encoding);
  expect(answer.headers.get('content-length')).toBe(String(length));
  expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(answer.headers.get('vary')).toBe('accept-encoding');
  expect(await answer.text()).toBe(SCRIPT);
});

it('says with HEAD what it would send', async () => {
  const answer = await get('/chunks/one.js', { 'accept-encoding': 'br' }, 'HEAD');
  expect(answer.headers.get('content-length')).toBe(String(brotliCompressSync(SCRIPT).length));
  expect(await answer.text()).toBe('');
});

it('sends nothing to who has it, each encoding by its own tag', async () => {
  const tagOf = async (accepted: string): Promise<string> => {
    const answer = await get('/chunks/one.js', { 'accept-encoding': accepted });
    await answer.text();
    return answer.headers.get('etag') ?? '';
  };
  const [packed, plain] = [await tagOf('br'), await tagOf('identity')];
  expect(packed).not.toBe(plain);
  const ask = async (tag: string) => (await get('/chunks/one.js', { 'if-none-match': tag })).status;
  expect(await ask(plain)).toBe(304);
  expect(await ask(`"other", W/${plain}`)).toBe(304);
  expect(await ask('*')).toBe(304);
  expect(await ask(packed)).toBe(200);
});

it('sends what is not packed as it is, the whole of it to who asks for a part', async () => {
  const answer = await get('/chunks/a%20b/face.woff2', { 'accept-encoding': 'br', range: 'bytes=0-1' });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('vary')).toBeNull();
  expect(await answer.text()).toBe('font');
});

it.each(['/chunks/none.js', '/chunks/one.js.br', '/chunks/secret.key', '/chunks/../chunks/one.js%00', '/chunks'])(
  'leaves %s to the framework',
  async (path) => {
    expect(await (await get(path)).text()).toBe('framework');
  },
);

it('leaves other methods to the framework, and files that are gone', async () => {
  expect(await (await get('/chunks/one.js', {}, 'POST')).text()).toBe('framework');
  rmSync(join(folder, 'chunks', 'one.js'));
  expect(await (await get('/chunks/one.js')).text()).toBe('framework');
  writeFileSync(join(folder, 'chunks', 'one.js'), SCRIPT);
  expect(await (await get('/chunks/one.js')).text()).toBe(SCRIPT);
});

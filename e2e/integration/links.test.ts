import { readdirSync, readFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { frames } from '../../lib/yjs/index.ts';
import {
  connect,
  connectYjs,
  createRoom,
  eventually,
  freshToken,
  join,
  ownerOf,
  readText,
  request,
  startServer,
  type TestServer,
  within,
} from '../harness/index.ts';
import { headersOf } from '../harness/keys.ts';

/** DESIGN: a revoked link's sockets are out within this long, in ms. */
const OUT_MS = 1_000;

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
});

async function scene(text = 'hello') {
  const { links } = await createRoom(server.url, { text, title: 'Plans' });
  return {
    owner: ownerOf(server.url, links.owner.token),
    edit: links.edit.token,
    view: links.view.token,
    ownerToken: links.owner.token,
  };
}

const get = (token: string, password?: string) =>
  request(server.url, 'GET', `/api/rooms/${token}/text`, {
    headers: headersOf({ password } as Parameters<typeof headersOf>[0]),
  });

describe('[P10] sockets of a link that ends', () => {
  it('are closed within a second, of our clients and of Yjs, and of no other link', async () => {
    const { owner, edit, view } = await scene();
    const [ann, reader] = [await join(server.url, edit), await join(server.url, view)];
    const yjs = await connectYjs(server.url, edit);
    await yjs.first('state-vector');
    const { id } = await owner.link('edit');
    await owner.revoke(id);
    expect(await within(OUT_MS, 'the close', ann.peer.closed)).toEqual({ code: 4403, reason: 'revoked' });
    expect(await within(OUT_MS, 'the close', yjs.closed)).toEqual({ code: 4403, reason: 'revoked' });
    reader.peer.send({ t: 'ping', at: 1 });
    await reader.peer.next('pong');
    reader.peer.close();
  });

  it('stay closed after a restart of the server', async () => {
    const { owner, edit } = await scene();
    await owner.revoke((await owner.link('edit')).id);
    const fresh = (await owner.rotate((await owner.link('view')).id)).token;
    await server.kill('SIGKILL');
    await server.restart();
    expect((await get(edit)).status).toBe(403);
    expect((await get(fresh)).status).toBe(200);
  });

  it('are closed when its time is over, without anybody asking', async () => {
    const { owner } = await scene();
    // Long enough to come in on a machine that is busy.
    const lastsMs = 2_500;
    const link = await owner.make('edit', { expiresAt: Date.now() + lastsMs, name: 'Today' });
    const ann = await join(server.url, link.token);
    expect(await within(lastsMs + OUT_MS, 'the close', ann.peer.closed)).toEqual({ code: 4403, reason: 'expired' });
  });
});

describe('[P10] passwords', () => {
  it('open REST, /ws and /yjs, and are in no answer', async () => {
    const { owner, edit } = await scene();
    const link = await owner.change((await owner.link('edit')).id, { password: 'open sesame' });
    expect(JSON.stringify([link, await owner.links()])).not.toMatch(/sesame|scrypt/);
    expect((await get(edit)).status).toBe(401);
    expect((await get(edit, 'open sesame')).text()).toBe('hello');
    const { peer } = await join(server.url, edit, { password: 'open sesame' });
    const yjs = await connectYjs(server.url, edit, { password: 'open sesame' });
    await yjs.first('state-vector');
    peer.close();
    yjs.close();
  });

  it('are hashed on disk, and in no log', async () => {
    const { owner } = await scene();
    await owner.make('edit', { password: 'a-word-nobody-else-uses' });
    const bytes = everythingOf(server);
    expect([bytes.includes('scrypt$'), bytes.includes('a-word-nobody-else-uses')]).toEqual([true, false]);
    expect(server.output()).not.toContain('a-word-nobody-else-uses');
  });

  it('are slowed down: over HTTP by 429 with Retry-After, over a socket by 4429; who was in comes in all the same', async () => {
    const { owner, edit } = await scene();
    await owner.change((await owner.link('edit')).id, { password: 'right' });
    expect((await get(edit, 'right')).status).toBe(200);
    const tries = await Promise.all(Array.from({ length: 40 }, (_, word) => get(edit, `wrong ${word}`)));
    const late = tries.filter(({ status }) => status === 429);
    expect(late.length).toBeGreaterThan(0);
    expect(new Set(tries.map(({ status }) => status))).toEqual(new Set([401, 429]));
    for (const answer of late) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    // More of them than the address has earned again while the hashes above took their time.
    const closes = await Promise.all(
      Array.from({ length: 20 }, async (_, word) => {
        const peer = await connect(server.url);
        peer.send({ t: 'hello', v: 1, token: edit, client: freshToken(), password: `another ${word}` });
        return peer.closed;
      }),
    );
    expect(closes).toContainEqual({ code: 4429, reason: 'too-fast' });
    expect((await get(edit, 'right')).status).toBe(200);
    // Some twenty hashes, each of them costly on purpose.
  }, 60_000);
});

describe('a removed person', () => {
  it('[P10] is out within a second, and the page, REST and sockets stay closed to their browser after a restart', async () => {
    const { owner, edit } = await scene();
    const cookie = `tandem-guest=${freshToken()}`;
    const mallory = await connect(server.url, { headers: { cookie } });
    mallory.send({ t: 'hello', v: 1, token: edit, client: freshToken(), name: 'Mallory' });
    const { you } = await mallory.next('welcome');
    await owner.remove(you);
    expect(await within(OUT_MS, 'the close', mallory.closed)).toEqual({ code: 4403, reason: 'removed' });
    await server.kill('SIGKILL');
    await server.restart();
    const page = await request(server.url, 'GET', `/r/${edit}`, { headers: { cookie, accept: 'text/html' } });
    expect(page.status).toBe(403);
    expect(page.text()).not.toContain('hello');
    const api = await request(server.url, 'GET', `/api/rooms/${edit}/text`, { headers: { cookie } });
    expect(api.status).toBe(403);
    const yjs = await connectYjs(server.url, edit, { headers: { cookie } });
    expect(await yjs.closed).toEqual({ code: 4403, reason: 'removed' });
  });

  it('gets the cookie with their first page: no script reads it, and it goes to no other site', async () => {
    const answer = await request(server.url, 'GET', '/', { headers: { accept: 'text/html' } });
    expect(answer.headers.get('set-cookie')).toMatch(
      /^tandem-guest=[0-9A-Za-z]{22}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/,
    );
    const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
    const again = await request(server.url, 'GET', '/', { headers: { accept: 'text/html', cookie } });
    expect(again.headers.get('set-cookie')).toBeNull();
    expect((await request(server.url, 'GET', '/healthz')).headers.get('set-cookie')).toBeNull();
  });
});

describe('the lock', () => {
  it('[P5] keeps what came meanwhile with who wrote it, of Yjs clients too, and brings it when the room opens', async () => {
    const { owner, edit } = await scene();
    const ann = await join(server.url, edit);
    const doc = new Y.Doc();
    const yjs = await connectYjs(server.url, edit);
    yjs.send(frames.syncStep1(Y.encodeStateVector(doc)));
    Y.applyUpdate(doc, (await yjs.first('update')).update);

    await owner.lock(true);
    await eventually('the lock', () => ann.peer.heard.some((one) => one.t === 'role' && one.locked));
    doc.getText('codemirror').insert(5, ', Yjs');
    yjs.send(frames.update(Y.encodeStateAsUpdate(doc)));
    expect((await yjs.first('auth')).denied).toMatch(/locked/);
    ann.peer.send({ t: 'op', seq: 1, rev: ann.welcome.rev, op: ['Ann: '] });
    await eventually('the refusal', () => ann.peer.heard.some((one) => one.t === 'error' && one.code === 'locked'));
    expect((await readText(server.url, edit)).text).toBe('hello');

    await owner.lock(false);
    await ann.peer.submit({ t: 'op', seq: 1, rev: ann.welcome.rev, op: ['Ann: '] });
    // The server asks for what it has dropped.
    await eventually('the question', () => yjs.of('state-vector').length === 2);
    const [, question] = yjs.of('state-vector');
    if (question) yjs.send(frames.syncStep2(Y.encodeStateAsUpdate(doc, question.vector)));
    await eventually('both', async () => (await readText(server.url, edit)).text === 'Ann: hello, Yjs');
    ann.peer.close();
    yjs.close();
  });
});

describe('a deleted room', () => {
  it('[P10] ends everybody, opens for nobody, and leaves not one byte of itself on the disk', async () => {
    const kept = await scene('what stays stays');
    const { owner, edit, view, ownerToken } = await scene('first words of a secret');
    const ann = await join(server.url, edit, { name: 'Annabella the Author' });
    await ann.peer.submit({ t: 'op', seq: 1, rev: ann.welcome.rev, op: ['inserted confidence '] });
    const yjs = await connectYjs(server.url, edit);
    await yjs.first('state-vector');
    expect(everythingOf(server).includes('inserted confidence')).toBe(true);

    await owner.delete();
    expect(await within(OUT_MS, 'the close', ann.peer.closed)).toEqual({ code: 4404, reason: 'deleted' });
    expect(await within(OUT_MS, 'the close', yjs.closed)).toEqual({ code: 4404, reason: 'deleted' });
    for (const token of [edit, view, ownerToken]) expect((await get(token)).status).toBe(404);
    const bytes = everythingOf(server);
    for (const secret of ['first words', 'inserted confidence', 'Annabella', edit, view, ownerToken]) {
      expect(bytes.includes(secret), secret).toBe(false);
    }
    expect((await get(kept.edit)).text()).toBe('what stays stays');
  });
});

it('[P10] says no token in its log, whatever happens to links', async () => {
  const { owner, edit, view, ownerToken } = await scene();
  const { token } = await owner.make('view', { name: 'Readers' });
  const ann = await join(server.url, token);
  const after = await owner.rotate((await owner.link('edit')).id);
  await owner.revoke((await owner.links()).at(-1)?.id ?? 0);
  await ann.peer.closed;
  await request(server.url, 'GET', `/r/${edit}`, { headers: { accept: 'text/html' } });
  await owner.delete();
  for (const one of [edit, view, ownerToken, token, after.token]) expect(server.output()).not.toContain(one);
});

/** All bytes of the server's files. */
function everythingOf({ dataDir }: TestServer): Buffer {
  const files = readdirSync(dataDir).filter((name) => name.startsWith('tandem.db'));
  return Buffer.concat(files.map((name) => readFileSync(joinPath(dataDir, name))));
}

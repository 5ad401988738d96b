import { readFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { ClientMessage } from '../../lib/protocol/index.ts';
import { frames } from '../../lib/yjs/index.ts';
import {
  connect,
  connectYjs,
  eventually,
  freshToken,
  type Peer,
  readText,
  request,
  root,
  startServer,
  type TestServer,
} from '../harness/index.ts';
import {
  headersOf,
  INSIDE,
  insideKey,
  type Insider,
  type Key,
  OUTSIDE,
  type Outsider,
  outsideKey,
  SECRET,
} from '../harness/keys.ts';

/**
 * Who may do what, as one table for each door. A message, a place or a page that is not in it fails the test at the end of
 * its section.
 */
let server: TestServer;
beforeAll(async () => {
  server = await startServer({ env: { TRUST_PROXY: '1' } });
});
afterAll(async () => {
  await server.stop();
});

/** What an outsider is told at every door: the word, and the number over sockets and over HTTP. */
const KEPT_OUT: Record<Outsider, { code: string; close: number; status: number }> = {
  'unknown token': { code: 'no-such-room', close: 4404, status: 404 },
  'revoked link': { code: 'revoked', close: 4403, status: 403 },
  'rotated link': { code: 'revoked', close: 4403, status: 403 },
  'expired link': { code: 'expired', close: 4403, status: 403 },
  'removed guest': { code: 'removed', close: 4403, status: 403 },
  'no password': { code: 'password-wanted', close: 4401, status: 401 },
  'wrong password': { code: 'password-wrong', close: 4401, status: 401 },
};

/** Wrong passwords are slowed down: fewer at one link, and none from an address that has tried before. */
const TRIES_AT_A_LINK = 8;
let tries = 0;
const elsewhere = (): Record<string, string> => ({ 'x-forwarded-for': `10.0.${tries >> 8}.${tries & 255}` });

const keys = new Map<Outsider, Promise<Key>>();
/** One room for each is enough: nothing of theirs changes it. */
function keptOut(who: Outsider): Promise<Key> {
  if (who === 'wrong password' && tries++ % TRIES_AT_A_LINK === 0) keys.delete(who);
  const key = keys.get(who) ?? outsideKey(server.url, who);
  keys.set(who, key);
  // Its time is over by the time that it is used.
  return who === 'expired link' ? key.then((one) => eventually('the expiry', () => past(one))) : key;
}

async function past(key: Key): Promise<Key | false> {
  return (await request(server.url, 'GET', `/api/rooms/${key.token}`)).status === 403 && key;
}

const owns = (who: Insider): boolean => who.endsWith('owner');
const writes = (who: Insider): boolean => !who.endsWith('view');
const locked = (who: Insider): boolean => who.startsWith('locked');
/** What an insider hears of something that changes the text or its title. */
function writing(who: Insider): string {
  if (!writes(who)) return 'read-only 4403';
  return locked(who) ? 'locked' : 'done';
}
const done = (): string => 'done';

async function enter(key: Key): Promise<Peer> {
  const peer = await connect(server.url, { ...(key.cookie !== undefined && { headers: { cookie: key.cookie } }) });
  const { token, password } = key;
  peer.send({ t: 'hello', v: 1, token, client: freshToken(), ...(password !== undefined && { password }) });
  return peer;
}

/** `done`; the word of a message that was put off; or the word and number with which the socket was closed. */
async function outcome(peer: Peer, happened: Promise<unknown>): Promise<string> {
  const error = (): string | undefined => peer.heard.find((message) => message.t === 'error')?.code;
  const putOff = eventually('an error that puts off', () => {
    const said = peer.heard.find((message) => message.t === 'error');
    return said?.retryMs !== undefined && said.code;
  });
  const closed = peer.closed.then(({ code }) => `${error()} ${code}`);
  const all = [happened.then(() => 'done'), putOff, closed];
  const first = await Promise.any(all);
  for (const one of all) one.catch(() => undefined);
  return first;
}

describe('[P10] /ws', () => {
  interface Row {
    expected: (who: Insider) => string;
    message: (rev: number) => ClientMessage;
    /** Resolves when it was done. */
    effect: (peer: Peer) => Promise<unknown>;
  }
  const answered = async (peer: Peer): Promise<void> => {
    peer.send({ t: 'ping', at: 77 });
    await peer.next('pong');
  };
  const rows: Record<Exclude<ClientMessage['t'], 'hello'>, Row> = {
    op: {
      expected: writing,
      message: (rev) => ({ t: 'op', seq: 1, rev, op: ['x'] }),
      effect: (peer) => peer.acknowledged(1),
    },
    room: { expected: writing, message: () => ({ t: 'room', title: 'Other' }), effect: (peer) => peer.next('room') },
    cursor: { expected: done, message: (rev) => ({ t: 'cursor', rev, ranges: [[0, 0]] }), effect: answered },
    me: { expected: done, message: () => ({ t: 'me', name: 'Ann', color: 3 }), effect: answered },
    ping: { expected: done, message: () => ({ t: 'ping', at: 1 }), effect: answered },
    mismatch: { expected: done, message: (rev) => ({ t: 'mismatch', rev, hash: '00000000' }), effect: answered },
    chat: {
      expected: writing,
      message: () => ({ t: 'chat', id: freshToken(), text: 'Hello' }),
      effect: (peer) => peer.next('chat'),
    },
    // Of a locked room nobody is told, and nobody is put off.
    writing: {
      expected: (who) => (writes(who) ? 'done' : 'read-only 4403'),
      message: () => ({ t: 'writing' }),
      effect: answered,
    },
    comment: {
      expected: writing,
      message: (rev) => ({
        t: 'comment',
        id: freshToken(),
        thread: freshToken(),
        act: { kind: 'open', rev, from: 0, to: 2, text: 'Why?' },
      }),
      effect: (peer) => peer.next('thread'),
    },
  };
  const messages = Object.keys(rows) as (keyof typeof rows)[];

  describe.each(messages)('%s', (name) => {
    const row = rows[name];
    it.each(INSIDE)('by %s', async (who) => {
      const key = await insideKey(server.url, who);
      const peer = await enter(key);
      const { rev, role, locked: isLocked = false } = await peer.next('welcome');
      expect([role, isLocked]).toEqual([who.replace('locked ', ''), locked(who)]);
      peer.send(row.message(rev));
      expect(await outcome(peer, row.effect(peer))).toBe(row.expected(who));
      const { text } = await readText(server.url, key.tokens.owner);
      expect(text === SECRET.text).toBe(name !== 'op' || row.expected(who) !== 'done');
      peer.close();
    });

    it('before a hello', async () => {
      const peer = await connect(server.url);
      peer.send(row.message(0));
      expect(await outcome(peer, row.effect(peer))).toBe('hello-expected 4400');
    });
  });

  it.each(OUTSIDE)('hello by %s hears why, and nothing of the room', async (who) => {
    const key = await keptOut(who);
    const peer = await enter(key);
    const { code, close } = KEPT_OUT[who];
    expect(await outcome(peer, peer.next('welcome'))).toBe(`${code} ${close}`);
    expectNothingOf(key, JSON.stringify(peer.heard));
  });

  it('has a row for every message that the protocol knows', () => {
    const source = readFileSync(joinPath(root, 'lib/protocol/decode-client.ts'), 'utf8');
    const known = [...source.matchAll(/^ {4}case '(\w+)':/gm)].map(([, name]) => name);
    expect(known.length).toBeGreaterThan(5);
    expect(['hello', ...messages].toSorted()).toEqual(known.map(String).toSorted());
  });
});

describe('[P10] /yjs', () => {
  const insert = (): Uint8Array => {
    const doc = new Y.Doc();
    doc.getText('codemirror').insert(0, 'x');
    return Y.encodeStateAsUpdate(doc);
  };
  const open = async (key: Key) =>
    connectYjs(server.url, key.token, {
      ...(key.password !== undefined && { password: key.password }),
      ...(key.cookie !== undefined && { headers: { cookie: key.cookie } }),
    });

  it.each(INSIDE)('%s reads, and writes if that is theirs', async (who) => {
    const key = await insideKey(server.url, who);
    const peer = await open(key);
    peer.send(frames.syncStep1(Y.encodeStateVector(new Y.Doc())));
    const { update } = await peer.first('update');
    const doc = new Y.Doc();
    Y.applyUpdate(doc, update);
    expect(doc.getText('codemirror').toJSON()).toBe(SECRET.text);

    peer.send(frames.update(insert()));
    const may = writing(who) === 'done';
    if (may) {
      await eventually('the letter', async () => (await readText(server.url, key.tokens.owner)).text !== SECRET.text);
    } else {
      const { denied } = await peer.first('auth');
      expect(denied).toMatch(writes(who) ? /locked/ : /read/);
      expect((await readText(server.url, key.tokens.owner)).text).toBe(SECRET.text);
    }
    expect(peer.of('auth').length).toBe(may ? 0 : 1);
    // A stock client that is closed on would come back for ever; refused writers go on reading.
    expect(peer.isOpen).toBe(true);
    peer.close();
  });

  it.each(OUTSIDE)('%s is closed on, and hears nothing of the room', async (who) => {
    const key = await keptOut(who);
    const peer = await open(key);
    const { code, close } = KEPT_OUT[who];
    expect(await peer.closed).toEqual({ code: close, reason: code });
    expectNothingOf(key, JSON.stringify(peer.heard));
  });
});

describe('[P10] REST', () => {
  const writeOr =
    (status: number) =>
    (who: Insider): number =>
      !writes(who) ? 403 : locked(who) ? 423 : status;
  const write = writeOr(200);
  const own =
    (status: number) =>
    (who: Insider): number =>
      owns(who) ? status : 403;
  const always = (): number => 200;
  const json = (value: unknown) => ({ body: JSON.stringify(value), headers: { 'content-type': 'application/json' } });
  const sent = { put: { body: 'new', headers: { 'content-type': 'text/plain' } } };

  interface Row {
    method: string;
    path: string;
    expected: (who: Insider) => number;
    /** What it cannot do without. */
    query?: string;
    body?: { body: string; headers: Record<string, string> };
  }
  const rows: Row[] = [
    { method: 'GET', path: '', expected: always },
    { method: 'DELETE', path: '', expected: own(204) },
    { method: 'GET', path: '/text', expected: always },
    { method: 'PUT', path: '/text', expected: write, body: sent.put },
    { method: 'GET', path: '/file', expected: always },
    { method: 'POST', path: '/ops', expected: write, body: json({ rev: 1, type: 'insert', position: 0, text: 'x' }) },
    { method: 'GET', path: '/links', expected: own(200) },
    { method: 'POST', path: '/links', expected: own(201), body: json({ role: 'view' }) },
    { method: 'PATCH', path: '/links/<n>', expected: own(200), body: json({ name: 'Readers' }) },
    { method: 'DELETE', path: '/links/<n>', expected: own(204) },
    { method: 'POST', path: '/links/<n>/rotate', expected: own(200) },
    // Nobody is in the room, so the owner is told that.
    { method: 'DELETE', path: '/people/<n>', expected: own(404) },
    { method: 'PUT', path: '/lock', expected: own(200), body: json({ locked: false }) },
    { method: 'POST', path: '/redact', expected: own(200), body: json({ revision: 1, from: 0, to: 1 }) },
    { method: 'GET', path: '/history', expected: always },
    { method: 'GET', path: '/history/timeline', expected: always },
    { method: 'GET', path: '/history/at', expected: always },
    { method: 'GET', path: '/history/changes', expected: always },
    { method: 'GET', path: '/history/since', query: '?at=0', expected: always },
    { method: 'GET', path: '/history/authorship', expected: always },
    { method: 'GET', path: '/history/undo', query: '?author=1&since=0', expected: always },
    { method: 'GET', path: '/chat', expected: always },
    { method: 'GET', path: '/threads', expected: always },
    { method: 'GET', path: '/versions', expected: always },
    { method: 'POST', path: '/versions', expected: writeOr(201), body: json({ rev: 1, name: 'Draft' }) },
    // There is none of that revision, so whoever may change it is told that.
    { method: 'PATCH', path: '/versions/<n>', expected: writeOr(404), body: json({ name: 'Other' }) },
    { method: 'DELETE', path: '/versions/<n>', expected: writeOr(404) },
  ];
  const THIRD_LINK = '3';

  describe.each(rows)('$method …$path', ({ method, path, query = '', expected, body }) => {
    const ask = (key: Key) =>
      request(server.url, method, `/api/rooms/${key.token}${path.replace('<n>', THIRD_LINK)}${query}`, {
        ...body,
        headers: { ...body?.headers, ...headersOf(key), ...elsewhere() },
      });

    it.each(INSIDE)('by %s', async (who) => {
      const key = await insideKey(server.url, who);
      const answer = await ask(key);
      expect(answer.status).toBe(expected(who));
      // Only the owner's list has tokens that its reader did not bring.
      if (owns(who)) return;
      const others = Object.values(key.tokens).filter((token) => token !== key.token);
      for (const token of others) expect(answer.bytes.toString()).not.toContain(token);
    });

    it.each(OUTSIDE)('by %s', async (who) => {
      const key = await keptOut(who);
      const answer = await ask(key);
      const { code, status } = KEPT_OUT[who];
      expect([answer.status, answer.json<{ code: string }>().code]).toEqual([status, code]);
      expectNothingOf(key, answer.bytes.toString());
    });
  });

  it('has a row for every place and method that the server knows', async () => {
    const source = readFileSync(joinPath(root, 'server/http/room-routes.ts'), 'utf8');
    const table = /const PLACES[^{]*\{([^}]*)\}/.exec(source)?.[1] ?? '';
    const places = [...table.matchAll(/^ +'?([^':]*)'?: '/gm)].map(([, place]) => (place === '' ? '' : `/${place}`));
    expect(places.length).toBeGreaterThan(5);
    const { token } = await insideKey(server.url, 'owner');
    for (const path of places) {
      const answer = await request(server.url, 'OPTIONS', `/api/rooms/${token}${path.replace('<n>', THIRD_LINK)}`);
      expect(answer.status, path).toBe(405);
      const allowed = (answer.headers.get('allow') ?? '').split(', ');
      const listed = rows.filter((row) => row.path === path).map((row) => row.method);
      expect(allowed.toSorted(), path).toEqual(listed.toSorted());
    }
    expect(places.toSorted()).toEqual([...new Set(rows.map(({ path }) => path))].toSorted());
  });
});

describe('[P10] pages', () => {
  const page = (key: Key) =>
    request(server.url, 'GET', `/r/${key.token}`, {
      headers: { accept: 'text/html', ...headersOf(key), ...elsewhere() },
    });

  it.each(INSIDE)('/r/<token> by %s shows the text, and no other link', async (who) => {
    const key = await insideKey(server.url, who);
    const answer = await page(key);
    expect(answer.status).toBe(200);
    expect(answer.text()).toContain(SECRET.text);
    for (const token of Object.values(key.tokens)) {
      if (token !== key.token) expect(answer.text()).not.toContain(token);
    }
  });

  it.each(OUTSIDE)('/r/<token> by %s shows nothing of the room', async (who) => {
    const key = await keptOut(who);
    const answer = await page(key);
    expect(answer.status).toBe(KEPT_OUT[who].status);
    expectNothingOf(key, answer.text());
  });

  it.each(['/', '/offline'])('%s has nothing of any room', async (path) => {
    const key = await insideKey(server.url, 'edit');
    const answer = await request(server.url, 'GET', path, { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(200);
    expectNothingOf({ ...key, token: '' }, answer.text());
  });
});

/** Neither text nor title, nor a token that was not brought along. */
function expectNothingOf({ token, tokens }: Key, said: string): void {
  for (const secret of [SECRET.title, SECRET.text, ...Object.values(tokens).filter((one) => one !== token)]) {
    expect(said).not.toContain(secret);
  }
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  createRoom,
  freshName,
  freshToken,
  join,
  postJson,
  type Problem,
  readText,
  request,
  startServer,
  type TestServer,
} from '../harness/index.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
});

const get = (path: string, headers: Record<string, string> = {}) => request(server.url, 'GET', path, { headers });
const put = (token: string, body: string | Buffer, headers: Record<string, string> = {}) =>
  request(server.url, 'PUT', `/api/rooms/${token}/text`, {
    body,
    headers: { 'content-type': 'text/plain', ...headers },
  });

/** A refusal that a program can act on: the right media type, and the same status inside as outside. */
function expectProblem(answer: Answer, status: number, code?: string): void {
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  const problem = answer.json<Problem>();
  expect(problem.status).toBe(status);
  expect(problem.title).toMatch(/\S/);
  expect(problem.detail).toMatch(/\.$/);
  if (code !== undefined) expect(problem.code).toBe(code);
}

describe('[R-rooms] making a room', () => {
  it('answers 201 with three links that open it', async () => {
    const answer = await postJson(server.url, '/api/rooms', { title: 'Notes', language: 'Python', text: 'a\r\nb' });
    expect(answer.status).toBe(201);
    const { title, links } = answer.json<Awaited<ReturnType<typeof createRoom>>>();
    expect(title).toBe('Notes');
    for (const role of ['owner', 'edit', 'view'] as const) {
      expect(links[role].token).toMatch(/^[0-9A-Za-z]{22}$/);
      expect(links[role].url).toBe(`${server.url}/r/${links[role].token}`);
      const room = (await get(`/api/rooms/${links[role].token}`)).json<Record<string, unknown>>();
      expect(room).toMatchObject({ title: 'Notes', language: 'Python', role, rev: 1, length: 3, people: 0 });
      expect(room['epoch']).toMatch(/\S/);
    }
    expect(new Set(Object.values(links).map(({ token }) => token)).size).toBe(3);
    expect(await readText(server.url, links.view.token)).toEqual({ text: 'a\nb', rev: 1 });
  });

  it('needs no body, and the room exists at once', async () => {
    const answer = await request(server.url, 'POST', '/api/rooms');
    expect(answer.status).toBe(201);
    const { links } = answer.json<Awaited<ReturnType<typeof createRoom>>>();
    expect(await readText(server.url, links.edit.token)).toEqual({ text: '', rev: 0 });
  });

  it('counts the people in it', async () => {
    const { links } = await createRoom(server.url);
    const first = await join(server.url, links.edit.token);
    const second = await join(server.url, links.view.token);
    expect((await get(`/api/rooms/${links.edit.token}`)).json()).toMatchObject({ people: 2 });
    first.peer.close();
    second.peer.close();
  });

  it.each([
    ['not JSON', '{"text":', 'application/json', 400],
    ['a text that is a number', '{"text":7}', 'application/json', 400],
    ['a title with control characters', '{"title":"a\\u0007"}', 'application/json', 400],
    ['a title without end', JSON.stringify({ title: 'x'.repeat(100_000) }), 'application/json', 400],
    ['another type', 'text=a', 'application/x-www-form-urlencoded', 415],
    ['a text over the limit', JSON.stringify({ text: 'x'.repeat(2_097_153) }), 'application/json', 413],
  ])('refuses %s', async (_name, body, type, status) => {
    const answer = await request(server.url, 'POST', '/api/rooms', { body, headers: { 'content-type': type } });
    expectProblem(answer, status);
  });

  it('[P7] refuses a body beyond every limit without reading it to the end', async () => {
    const body = Buffer.alloc(20 * 1024 * 1024, 0x20);
    const answer = await request(server.url, 'POST', '/api/rooms', {
      body,
      headers: { 'content-type': 'application/json' },
    }).catch((error: unknown) => error);
    // The connection may be cut while we still send: then there is no answer, and that is one too.
    if (!(answer instanceof Error)) expectProblem(answer as Answer, 413);
    expect((await get('/healthz')).status).toBe(200);
  });
});

describe('[R-text] reading a text', () => {
  it('names the revision and its ETag', async () => {
    const { links } = await createRoom(server.url, { text: 'one' });
    const answer = await get(`/api/rooms/${links.edit.token}/text`);
    expect(answer.text()).toBe('one');
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('tandem-revision')).toBe('1');
    const etag = answer.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[^"]+"$/);
    const again = await get(`/api/rooms/${links.edit.token}/text`, { 'if-none-match': etag });
    expect(again.status).toBe(304);
    await put(links.edit.token, 'two');
    const changed = await get(`/api/rooms/${links.edit.token}/text`, { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.text()).toBe('two');
    expect(changed.headers.get('etag')).not.toBe(etag);
  });

  it('gives any earlier revision', async () => {
    const { links } = await createRoom(server.url, { text: 'one' });
    await put(links.edit.token, 'one two');
    await put(links.edit.token, 'two');
    const texts = await Promise.all(
      [0, 1, 2, 3].map(async (rev) => (await get(`/api/rooms/${links.edit.token}/text?rev=${rev}`)).text()),
    );
    expect(texts).toEqual(['', 'one', 'one two', 'two']);
    expectProblem(await get(`/api/rooms/${links.edit.token}/text?rev=4`), 404);
  });

  it.each(['-1', '1.5', 'x', '1e1', '9007199254740992', ''])('refuses ?rev=%s', async (rev) => {
    const { links } = await createRoom(server.url, { text: 'one' });
    const answer = await get(`/api/rooms/${links.edit.token}/text?rev=${rev}`);
    expectProblem(answer, 400);
  });

  it('[P10] opens with the view link, which never names the edit link', async () => {
    const { links } = await createRoom(server.url, { text: 'one' });
    const answers = await Promise.all(
      ['', '/text', '/file'].map((path) => get(`/api/rooms/${links.view.token}${path}`)),
    );
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      const everything = `${JSON.stringify([...answer.headers])}${answer.text()}`;
      expect(everything).not.toContain(links.edit.token);
      expect(everything).not.toContain(links.owner.token);
    }
  });

  it('answers HEAD with the headers alone', async () => {
    const { links } = await createRoom(server.url, { text: 'one' });
    const answer = await request(server.url, 'HEAD', `/api/rooms/${links.edit.token}/text`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('tandem-revision')).toBe('1');
    expect(answer.bytes.length).toBe(0);
  });

  it.each(['', '/text', '/file'])('answers 404 for an unknown room: GET …%s', async (path) => {
    expectProblem(await get(`/api/rooms/${freshToken()}${path}`), 404);
    expectProblem(await get(`/api/rooms/${freshName()}${path}`), 404);
    expectProblem(await get(`/api/rooms/no%20token${path}`), 404);
  });
});

describe('[R-put] writing a whole text', () => {
  it('merges it in as one ordinary edit that everybody gets', async () => {
    const { links } = await createRoom(server.url, { text: 'the quick fox' });
    const { peer } = await join(server.url, links.edit.token);
    const answer = await put(links.edit.token, 'the quick brown fox');
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({ rev: 2 });
    const { rev, ops } = await peer.next('ops');
    expect({ rev, ops: ops.map(([, , op]) => op) }).toEqual({ rev: 2, ops: [[10, 'brown ']] });
    peer.close();
  });

  it('makes no revision when nothing changes', async () => {
    const { links } = await createRoom(server.url, { text: 'same' });
    expect((await put(links.edit.token, 'same')).json()).toEqual({ rev: 1 });
    expect(await readText(server.url, links.edit.token)).toEqual({ text: 'same', rev: 1 });
  });

  it('undoes nobody’s newer work when it names the revision that it began from', async () => {
    const { links } = await createRoom(server.url, { text: 'alpha beta gamma' });
    const etag = (await get(`/api/rooms/${links.edit.token}/text`)).headers.get('etag') ?? '';
    await put(links.edit.token, 'alpha beta gamma delta');
    const stale = await put(links.edit.token, 'ALPHA beta gamma', { 'if-match': etag });
    expect(stale.status).toBe(200);
    expect(await readText(server.url, links.edit.token)).toEqual({ text: 'ALPHA beta gamma delta', rev: 3 });
  });

  it('refuses an If-Match that names nothing', async () => {
    const { links } = await createRoom(server.url, { text: 'one' });
    expectProblem(await put(links.edit.token, 'two', { 'if-match': '"nonsense"' }), 400);
    expectProblem(await put(links.edit.token, 'two', { 'if-match': '99' }), 404);
    expectProblem(await put(links.edit.token, 'two', { 'if-match': `"${freshToken()}-1"` }), 412);
  });

  it.each([
    'text/plain',
    'text/markdown; charset=utf-8',
    'application/octet-stream',
    'application/x-www-form-urlencoded',
  ])('takes %s', async (type) => {
    const { links } = await createRoom(server.url);
    expect((await put(links.edit.token, 'a=b&c', { 'content-type': type })).status).toBe(200);
    expect((await readText(server.url, links.edit.token)).text).toBe('a=b&c');
  });

  it('refuses other types, other charsets, bytes that are not UTF-8 and what is too long', async () => {
    const { links } = await createRoom(server.url, { text: 'stays' });
    expectProblem(await put(links.edit.token, '{}', { 'content-type': 'application/json' }), 415);
    expectProblem(await put(links.edit.token, 'x', { 'content-type': 'image/png' }), 415);
    expectProblem(await put(links.edit.token, 'x', { 'content-type': 'text/plain; charset=latin1' }), 415);
    expectProblem(await put(links.edit.token, Buffer.from([0x61, 0xff])), 400);
    expectProblem(await put(links.edit.token, Buffer.from([0xed, 0xa0, 0xbd])), 400);
    expectProblem(await put(links.edit.token, 'x'.repeat(2_097_153)), 413);
    expectProblem(await put(links.edit.token, Buffer.alloc(7 * 1024 * 1024, 0x61)), 413);
    expect(await readText(server.url, links.edit.token)).toEqual({ text: 'stays', rev: 1 });
  });

  it('[P10] refuses the view link and pages of other origins', async () => {
    const { links } = await createRoom(server.url, { text: 'stays' });
    expectProblem(await put(links.view.token, 'gone'), 403);
    expectProblem(await put(links.edit.token, 'gone', { origin: 'https://evil.example' }), 403);
    expect((await put(links.edit.token, 'changed', { origin: server.url })).status).toBe(200);
  });

  it('answers 404 for an unknown room, and makes none', async () => {
    const token = freshToken();
    expectProblem(await put(token, 'text'), 404);
    expectProblem(await get(`/api/rooms/${token}`), 404);
  });
});

describe('[R-file] a file keeps its bytes', () => {
  it.each([
    ['CRLF with a byte-order mark', '\ufeffone\r\ntwo\r\n'],
    ['CRLF without', 'one\r\ntwo'],
    ['LF with a byte-order mark', '\ufeffone\ntwo\n'],
    ['CR alone, as old Macs wrote', 'one\rtwo\r'],
    ['letters of all lengths', 'aé漢🙂\r\n\ufeffinside\r\n'],
  ])('%s', async (_name, file) => {
    const { links } = await createRoom(server.url);
    const bytes = Buffer.from(file, 'utf8');
    expect((await put(links.edit.token, bytes, { 'content-type': 'application/octet-stream' })).status).toBe(200);
    const { text } = await readText(server.url, links.edit.token);
    expect(text).not.toContain('\r');
    expect(text.startsWith('\ufeff')).toBe(false);
    const back = await get(`/api/rooms/${links.edit.token}/file`);
    expect(back.bytes.equals(bytes), back.bytes.toString('utf8')).toBe(true);
  });

  it('still does after a restart, and keeps its line ends when the text grew', async () => {
    const { links } = await createRoom(server.url);
    await put(links.edit.token, Buffer.from('\ufeffone\r\ntwo', 'utf8'));
    await server.restart();
    const answer = await postJson(server.url, `/api/rooms/${links.edit.token}/ops`, { rev: 1, op: [7, '\nthree'] });
    expect(answer.json()).toEqual({ rev: 2 });
    const back = await get(`/api/rooms/${links.edit.token}/file`);
    expect(back.bytes.toString('utf8')).toBe('\ufeffone\r\ntwo\r\nthree');
  });
});

describe('[R-ops] single edits', () => {
  it('takes an op, a plain insert and a plain delete, each at the revision it was made for', async () => {
    const { links } = await createRoom(server.url, { text: 'abc' });
    const path = `/api/rooms/${links.edit.token}/ops`;
    expect((await postJson(server.url, path, { rev: 1, op: [1, 'X'] })).json()).toEqual({ rev: 2 });
    const insert = { rev: 1, type: 'insert', position: 3, text: 'Y' };
    expect((await postJson(server.url, path, insert)).json()).toEqual({ rev: 3 });
    const remove = { rev: 1, type: 'delete', position: 0, length: 1 };
    expect((await postJson(server.url, path, remove)).json()).toEqual({ rev: 4 });
    expect((await readText(server.url, links.edit.token)).text).toBe('XbcY');
  });

  it.each([
    ['longer than the text', { rev: 1, op: [9, 'x'] }, 400],
    ['splits a pair', { rev: 1, op: [4, 'x'] }, 400],
    ['not canonical', { rev: 1, op: ['a', 'b'] }, 400],
    ['a carriage return', { rev: 1, op: ['\r'] }, 400],
    ['no op at all', { rev: 1 }, 400],
    ['an unknown type', { rev: 1, type: 'replace', position: 0, text: 'x' }, 400],
    ['a negative position', { rev: 1, type: 'insert', position: -1, text: 'x' }, 400],
    ['a fractional length', { rev: 1, type: 'delete', position: 0, length: 0.5 }, 400],
    ['2^53', { rev: 2 ** 53, op: ['x'] }, 400],
    ['a revision in the future', { rev: 2, op: ['x'] }, 404],
  ])('refuses an op: %s', async (_name, body, status) => {
    const { links } = await createRoom(server.url, { text: 'abc🙂' });
    expectProblem(await postJson(server.url, `/api/rooms/${links.edit.token}/ops`, body), status);
    expect(await readText(server.url, links.edit.token)).toEqual({ text: 'abc🙂', rev: 1 });
  });
});

describe('[R-other] everything else', () => {
  it('answers 405 and names what is allowed', async () => {
    const { links } = await createRoom(server.url);
    const answer = await request(server.url, 'DELETE', `/api/rooms/${links.edit.token}/text`);
    expectProblem(answer, 405);
    expect(answer.headers.get('allow')).toBe('GET, PUT');
  });

  it('answers 404 under /api for what is not there', async () => {
    expectProblem(await get('/api/nothing'), 404);
    expectProblem(await get(`/api/rooms/${freshToken()}/nothing`), 404);
  });

  it('is healthy and ready', async () => {
    expect((await get('/healthz')).status).toBe(200);
    expect((await get('/readyz')).status).toBe(200);
  });

  it('[P10] writes no token and no text into its log', async () => {
    const { links } = await createRoom(server.url, { text: 'a secret that nobody else reads' });
    const { peer } = await join(server.url, links.edit.token);
    peer.send({ t: 'op', seq: 1, rev: 1, op: ['another secret '] });
    await peer.reached(2);
    peer.sendRaw('{"t":"op","seq":2,"rev":99,"op":["third secret"]}');
    await peer.closed;
    await put(links.edit.token, 'fourth secret', { 'if-match': '"nonsense"' });
    for (const secret of ['secret', links.owner.token, links.edit.token, links.view.token]) {
      expect(server.output()).not.toContain(secret);
    }
  });
});

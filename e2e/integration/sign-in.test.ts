import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  connect,
  connectYjs,
  type CreatedRoom,
  freshName,
  freshToken,
  postJson,
  request,
  startServer,
  type TestServer,
} from '../harness/index.ts';

const ANN = { 'x-forwarded-user': 'ann@example.org', 'x-forwarded-name': 'Ann Ödman' };

let server: TestServer;
beforeAll(async () => {
  const env = {
    TRUSTED_USER_HEADER: 'X-Forwarded-User',
    TRUSTED_NAME_HEADER: 'X-Forwarded-Name',
    ROOM_CREATION: 'signed-in',
  };
  server = await startServer({ env });
});
afterAll(async () => {
  await server.stop();
});

/** As Node's own client writes headers: in Latin-1 what are the bytes of UTF-8. */
const utf8 = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, Buffer.from(value).toString('latin1')]));

it('makes rooms for who has signed in alone, at every door', async () => {
  const refused = await postJson(server.url, '/api/rooms', {});
  expect([refused.status, refused.json<{ code: string }>().code]).toEqual([403, 'sign-in-wanted']);
  const made = await request(server.url, 'POST', '/api/rooms', { headers: utf8(ANN) });
  expect(made.status).toBe(201);

  const hello = { t: 'hello', v: 1, client: freshToken() } as const;
  const create = { owner: freshToken(), view: freshToken() };
  for (const room of [{ token: freshToken(), create }, { token: freshName() }]) {
    const stranger = await connect(server.url);
    stranger.send({ ...hello, ...room });
    expect(await stranger.closed).toEqual({ code: 4403, reason: 'sign-in-wanted' });
    const ann = await connect(server.url, { headers: utf8(ANN) });
    ann.send({ ...hello, ...room });
    await ann.next('welcome');
    ann.close();
  }
  const yjs = await connectYjs(server.url, freshName());
  expect(await yjs.closed).toEqual({ code: 4403, reason: 'sign-in-wanted' });
});

it('lets everybody with a link into a room that is there', async () => {
  const { links } = await made();
  const peer = await connect(server.url);
  peer.send({ t: 'hello', v: 1, token: links.edit.token, client: freshToken(), name: 'Bob' });
  expect((await peer.next('welcome')).signedIn).toBeUndefined();
  peer.close();
});

it('gives who signed in their name, whatever they call themselves, and one person in all browsers', async () => {
  const { links } = await made();
  const enter = async () => {
    const peer = await connect(server.url, { headers: utf8(ANN) });
    peer.send({ t: 'hello', v: 1, token: links.edit.token, client: freshToken(), name: 'Eve', person: freshToken() });
    const { signedIn, you } = await peer.next('welcome');
    expect(signedIn).toBe('Ann Ödman');
    return { peer, you };
  };
  const [first, second] = [await enter(), await enter()];
  first.peer.send({ t: 'me', name: 'Eve', color: 5 });
  const seen = async () => {
    const { join } = await second.peer.next('people');
    return join.find(({ author }) => author === first.you);
  };
  await expect.poll(async () => (await seen())?.color).toBe(5);
  const people = second.peer.heard.flatMap((one) => (one.t === 'people' ? one.join : []));
  expect(new Set(people.map(({ name }) => name))).toEqual(new Set(['Ann Ödman']));
  expect(new Set(people.map(({ person }) => person)).size).toBe(1);
  expect(JSON.stringify(people)).not.toContain('example.org');
  first.peer.close();
  second.peer.close();
});

async function made(): Promise<CreatedRoom> {
  return (await request(server.url, 'POST', '/api/rooms', { headers: utf8(ANN) })).json<CreatedRoom>();
}

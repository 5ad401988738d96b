import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatMessage, ClientMessage, CommentAct, Thread } from '../../lib/protocol/index.ts';
import {
  connect,
  createRoom,
  freshToken,
  HOSTILE_TEXTS,
  join,
  type Peer,
  postJson,
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

interface Chat {
  rev: number;
  messages: ChatMessage[];
  newest: number;
}

async function get<T>(token: string, place: string): Promise<T> {
  const answer = await request(server.url, 'GET', `/api/rooms/${token}/${place}`);
  expect(answer.status, answer.text()).toBe(200);
  return answer.json<T>();
}

const chatOf = (token: string) => get<Chat>(token, 'chat');
const threadsOf = (token: string) => get<{ rev: number; threads: Thread[] }>(token, 'threads');

const say = (text: string, more: object = {}): ClientMessage => ({ t: 'chat', id: freshToken(), text, ...more });
const comment = (thread: string, act: CommentAct, id = freshToken()): ClientMessage => ({
  t: 'comment',
  id,
  thread,
  act,
});

/** A room with two people in it. */
async function scene(text = 'The quick brown fox.') {
  const { links } = await createRoom(server.url, { text });
  const ann = await join(server.url, links.edit.token, { name: 'Ann' });
  const bob = await join(server.url, links.edit.token, { name: 'Bob' });
  return { links, token: links.edit.token, ann: ann.peer, annAs: ann, bob: bob.peer, bobAs: bob };
}

/** Edits of one person, one after the other. */
async function edit(
  peer: Peer,
  first: number,
  rev: number,
  ops: readonly (readonly (string | number)[])[],
): Promise<void> {
  for (const [index, op] of ops.entries()) {
    await peer.submit({ t: 'op', seq: first + index, rev: rev + index, op });
  }
}

describe('[T1] [T3] chat and comments', () => {
  it('reach everybody, and are there after the server was killed', async () => {
    const { token, ann, bob, annAs } = await scene();
    const hello = say('Hello\nBob', { quote: { rev: 1, from: 4, to: 9 } });
    ann.send(hello);
    const { message } = await bob.next('chat');
    expect(message).toMatchObject({ n: 1, name: 'Ann', author: annAs.welcome.you, text: 'Hello\nBob' });
    expect(message.quote).toEqual({ from: 4, to: 9, text: 'quick', gone: null });
    const thread = freshToken();
    bob.send(comment(thread, { kind: 'open', rev: 1, from: 10, to: 15, text: 'Why brown?' }));
    expect((await ann.next('thread')).thread).toMatchObject({
      id: thread,
      anchor: { from: 10, to: 15, text: 'brown' },
    });
    ann.send(comment(thread, { kind: 'reply', text: 'So.' }));
    expect((await bob.next('thread')).thread.comments).toHaveLength(1);
    expect((await bob.next('thread')).thread.comments.map(({ text }) => text)).toEqual(['Why brown?', 'So.']);

    await server.kill('SIGKILL');
    await server.restart();
    const carol = await join(server.url, token, { name: 'Carol' });
    expect(carol.welcome).toMatchObject({ chat: 1, threads: 1 });
    expect(await chatOf(token)).toEqual({ rev: 1, messages: [message], newest: 1 });
    expect((await threadsOf(token)).threads[0]?.comments.map(({ text }) => text)).toEqual(['Why brown?', 'So.']);
    // What its sender could not know to be taken is sent again, and not said twice.
    carol.peer.send(hello);
    expect((await carol.peer.next('chat')).message).toEqual(message);
    carol.peer.send(say('More'));
    expect((await carol.peer.next('chat')).message.n).toBe(2);
    carol.peer.close();
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('find their passages after many edits and %s', async (signal) => {
    const { token, ann, bob } = await scene();
    const thread = freshToken();
    ann.send(comment(thread, { kind: 'open', rev: 1, from: 4, to: 9, text: 'Why quick?' }));
    await bob.next('thread');
    bob.send(say('This one', { quote: { rev: 1, from: 16, to: 19 } }));
    await ann.next('chat');
    const before = Array.from({ length: 60 }, (_, index) => [`${index % 10}`]);
    await edit(ann, 1, 1, [...before, [66, 'X'], [60, -2]]);
    const passages = async (): Promise<string[]> => {
      const { text } = await readText(server.url, token);
      const { threads } = await threadsOf(token);
      const { messages } = await chatOf(token);
      const anchors = [...threads.map(({ anchor }) => anchor), ...messages.map(({ quote }) => quote)];
      return anchors.map((anchor) => (anchor ? text.slice(anchor.from, anchor.to) : 'none'));
    };
    expect(await passages()).toEqual(['quXick', 'fox']);
    await server.kill(signal);
    await server.restart();
    expect(await passages()).toEqual(['quXick', 'fox']);
  });

  it('say by whom a passage was deleted', async () => {
    const { token, ann, bob, bobAs } = await scene();
    ann.send(comment(freshToken(), { kind: 'open', rev: 1, from: 4, to: 9, text: 'Why quick?' }));
    await bob.next('thread');
    await edit(bob, 1, 1, [[-10]]);
    await ann.next('thread');
    const { thread } = await ann.next('thread');
    const gone = { from: 0, to: 0, text: 'quick', gone: { author: bobAs.welcome.you, name: 'Bob' } };
    expect(thread.anchor).toEqual(gone);
    expect((await threadsOf(token)).threads[0]?.anchor).toEqual(gone);
  });

  it('make a room exist that nobody has written in', async () => {
    const token = freshToken();
    const create = { owner: freshToken(), view: freshToken() };
    const { peer, welcome } = await join(server.url, token, { create });
    expect(welcome.rev).toBe(0);
    peer.send(say('Anybody here?'));
    await peer.next('chat');
    expect((await chatOf(create.view)).messages).toMatchObject([{ text: 'Anybody here?' }]);
  });

  it('come in pages', async () => {
    const { token, ann } = await scene();
    for (let n = 1; n <= 12; n++) ann.send(say(`message ${n}`));
    for (let n = 1; n <= 12; n++) await ann.next('chat');
    const page = async (query: string): Promise<number[]> =>
      (await get<Chat>(token, `chat?${query}`)).messages.map(({ n }) => n);
    expect(await page('limit=3')).toEqual([10, 11, 12]);
    expect(await page('before=3')).toEqual([1, 2]);
    for (const query of ['limit=0', 'limit=201', 'before=0', 'before=x']) {
      expect((await request(server.url, 'GET', `/api/rooms/${token}/chat?${query}`)).status, query).toBe(400);
    }
  });

  it('[P7] keep what is hostile from hurting anybody', async () => {
    const { token, ann, bob } = await scene();
    for (const [, text] of HOSTILE_TEXTS.filter(([, one]) => one !== '' && one.length <= 4_000)) {
      ann.send(say(text));
      const { message } = await bob.next('chat');
      expect(message.text).not.toMatch(/^$|[^\n\P{Cc}]|[\u202a-\u202e]|\p{Cs}/u);
    }
    const thread = freshToken();
    bob.send(comment(thread, { kind: 'open', rev: 1, from: 0, to: 3, text: 'Mine.' }, 'b'.repeat(22)));
    await ann.next('thread');
    ann.send(comment(thread, { kind: 'change', text: 'Yours.' }, 'b'.repeat(22)));
    expect((await ann.next('thread')).thread.comments[0]?.text).toBe('Mine.');
    ann.send(comment(freshToken(), { kind: 'resolve' }));
    expect((await ann.next('thread')).thread.ended).toBe(true);

    const bad: [ClientMessage, string][] = [
      [say('x', { quote: { rev: 99, from: 0, to: 1 } }), 'bad-rev'],
      [say('x', { quote: { rev: 1, from: 0, to: 99 } }), 'bad-field'],
      [say('x'.repeat(4_001)), 'bad-field'],
      [comment('short', { kind: 'resolve' }), 'bad-field'],
    ];
    for (const [message, reason] of bad) {
      const { peer } = await join(server.url, token);
      peer.send(message);
      expect(await peer.closed).toEqual({ code: 4400, reason });
    }
    const { newest } = await chatOf(token);
    bob.send(say('Still here'));
    await bob.next('chat');
    expect((await chatOf(token)).newest).toBe(newest + 1);
  });
});

describe('[T5] versions', () => {
  it('have names, which can change and go, and know who gave them', async () => {
    const { links } = await createRoom(server.url, { text: 'one' });
    const { token } = links.edit;
    const cookie = `tandem-guest=${freshToken()}`;
    const ann = await connect(server.url, { headers: { cookie } });
    ann.send({ t: 'hello', v: 1, token, client: freshToken(), name: 'Ann', color: 4 });
    const { you } = await ann.next('welcome');
    const headers = { cookie, 'content-type': 'application/json' };
    const path = `/api/rooms/${token}/versions`;
    const ask = (method: string, at: string, body?: object) =>
      request(server.url, method, `${path}${at}`, { headers, ...(body && { body: JSON.stringify(body) }) });
    expect(await get(token, 'versions')).toEqual({ versions: [], authors: [] });
    const made = await ask('POST', '', { rev: 1, name: ' First  draft ' });
    expect([made.status, made.json()]).toMatchObject([201, { rev: 1, name: 'First draft', author: you }]);
    expect((await ask('POST', '', { rev: 1, name: 'Again' })).status).toBe(409);
    expect((await ask('POST', '', { rev: 2, name: 'Later' })).status).toBe(404);
    for (const body of [{ rev: 1 }, { rev: 1, name: '' }, { rev: 1, name: 'x'.repeat(81) }, { rev: -1, name: 'x' }]) {
      expect((await ask('POST', '', body)).status).toBe(400);
    }
    expect((await postJson(server.url, `/api/rooms/${links.view.token}/versions`, { rev: 0, name: 'x' })).status).toBe(
      403,
    );
    expect((await ask('PATCH', '/1', { name: 'Second draft' })).json()).toEqual({ rev: 1, name: 'Second draft' });
    expect(await get(links.view.token, 'versions')).toMatchObject({
      versions: [{ rev: 1, name: 'Second draft', author: you }],
      authors: [{ author: you, name: 'Ann', color: 4 }],
    });
    // A program is an author of its own.
    const other = await postJson(server.url, path, { rev: 0, name: 'Empty' });
    expect(other.json<{ author: number }>().author).not.toBe(you);
    expect((await ask('DELETE', '/1')).status).toBe(204);
    expect((await ask('DELETE', '/1')).status).toBe(404);
    expect((await ask('PATCH', '/1', { name: 'x' })).status).toBe(404);
  });
});

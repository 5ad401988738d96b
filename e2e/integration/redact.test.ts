import { readdirSync, readFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { ChatMessage, Thread } from '../../lib/protocol/index.ts';
import {
  type Answer,
  createRoom,
  eventually,
  faultsOf,
  freshToken,
  join,
  pause,
  postJson,
  type Problem,
  readLog,
  readText,
  request,
  runSeed,
  startServer,
  type TestServer,
} from '../harness/index.ts';
import { openRobot, type Robot } from '../harness/robot.ts';
import { openYjsRobot } from '../harness/yjs-robot.ts';

const SECRET = 'the vault opens with 4711';
const BLOCKED = '\u2588'.repeat(SECRET.length);
const TYPISTS = ['Ada', 'Ben'];
const KILLS = 6;

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ env: { MAX_SOCKETS_PER_ADDRESS: '10000' } });
});
afterAll(async () => {
  await server.stop();
});

function redact(token: string, revision: number, from: number, to: number, more: object = {}): Promise<Answer> {
  return postJson(server.url, `/api/rooms/${token}/redact`, { revision, from, to, ...more });
}

async function get<T>(token: string, place: string): Promise<T> {
  const answer = await request(server.url, 'GET', `/api/rooms/${token}/${place}`);
  expect(answer.status, answer.text()).toBe(200);
  return answer.json<T>();
}

/** The text at every revision. */
async function textsOf(token: string): Promise<string[]> {
  const { rev } = await readText(server.url, token);
  const texts: string[] = [];
  for (let at = 0; at <= rev; at++) {
    texts.push((await get<{ text: string }>(token, `history/at?rev=${at}`)).text);
  }
  return texts;
}

/** All bytes of the server's files. */
function everythingOnDisk(): Buffer {
  const files = readdirSync(server.dataDir).filter((name) => name.startsWith('tandem.db'));
  return Buffer.concat(files.map((name) => readFileSync(joinPath(server.dataDir, name))));
}

/** Types word after word, each another one, until it is stopped. Gives the words. */
function typing(robot: Robot, name: string): { stop: () => Promise<string[]> } {
  const words: string[] = [];
  let going = true;
  const done = (async () => {
    while (going) {
      const word = `${name}${words.length} `;
      words.push(word);
      robot.edit([word]);
      await pause(5);
    }
  })();
  return {
    stop: async () => {
      going = false;
      await done;
      await robot.settled();
      return words;
    },
  };
}

describe('a passage that is taken out of the history', () => {
  it('is nowhere any more: not in any revision, note, name, Y.Doc, or byte of the disk; and nobody loses a word', async () => {
    const { links } = await createRoom(server.url, { text: `Before. ${SECRET}. After.`, title: `How ${SECRET}` });
    const { token: edit } = links.edit;
    const owner = links.owner.token;
    const yjs = openYjsRobot({ url: server.url, token: edit, name: 'Yann' });
    await yjs.synced();
    yjs.ytext.insert(0, `Yann says: ${SECRET}. `);
    const robots = TYPISTS.map((name) => openRobot({ url: server.url, token: edit, name }));
    await Promise.all(robots.map((robot) => robot.settled()));
    await eventually('what Yann wrote', async () => (await readText(server.url, edit)).text.startsWith('Yann says'));
    const { text, rev } = await readText(server.url, edit);
    const at = text.indexOf(SECRET);

    const speaker = await join(server.url, edit, { name: 'Cleo' });
    const quote = { rev, from: at - 3, to: at + SECRET.length };
    speaker.peer.send({ t: 'chat', id: freshToken(), text: `Look: ${SECRET}!`, quote });
    const thread = freshToken();
    speaker.peer.send({ t: 'comment', id: thread, thread, act: { kind: 'open', ...quote, text: `${SECRET}?` } });
    await speaker.peer.next('chat');
    await speaker.peer.next('thread');
    speaker.peer.close();
    await postJson(server.url, `/api/rooms/${edit}/versions`, { rev, name: `With ${SECRET}` });
    expect(everythingOnDisk().includes(SECRET)).toBe(true);

    const typists = robots.map((robot, index) => typing(robot, TYPISTS[index] ?? ''));
    const answer = await redact(owner, rev, at, at + SECRET.length);
    expect(answer.status, answer.text()).toBe(200);
    expect(answer.json()).toMatchObject({ units: 2 * SECRET.length, revisions: 2 });
    expect(everythingOnDisk().includes(SECRET)).toBe(false);

    const words = (await Promise.all(typists.map((one) => one.stop()))).flat();
    const now = await readText(server.url, edit);
    for (const word of words) expect(now.text.split(word)).toHaveLength(2);
    expect(now.text.replace(/(Ada|Ben)\d+ /g, '')).toBe('Yann says: . Before. . After.');
    for (const robot of robots) await robot.caughtUp(now.rev);
    expect(new Set([...robots.map((robot) => robot.text()), now.text]).size).toBe(1);
    await yjs.shows(now.text);

    const texts = await textsOf(edit);
    expect(texts.filter((one) => one.includes(SECRET))).toEqual([]);
    expect(texts[rev]).toContain(`Yann says: ${BLOCKED}. Before. ${BLOCKED}. After.`);
    const { messages } = await get<{ messages: ChatMessage[] }>(edit, 'chat');
    expect(messages.map((one) => one.text)).toEqual([`Look: ${BLOCKED}!`]);
    const { threads } = await get<{ threads: Thread[] }>(edit, 'threads');
    expect(threads.flatMap(({ comments }) => comments.map((one) => one.text))).toEqual([`${BLOCKED}?`]);
    const places = [
      '',
      '/chat',
      '/threads',
      '/versions',
      '/history?from=1',
      '/history/changes',
      '/history/undo?author=1&since=0',
    ];
    for (const place of places) {
      const { bytes } = await request(server.url, 'GET', `/api/rooms/${edit}${place}`);
      expect([place, bytes.includes(SECRET)]).toEqual([place, false]);
    }
    const fresh = openYjsRobot({ url: server.url, token: edit });
    await fresh.synced();
    expect(fresh.text()).toBe(now.text);
    for (const { doc } of [fresh, yjs]) {
      expect(Buffer.from(Y.encodeStateAsUpdate(doc)).includes(SECRET)).toBe(false);
    }
    fresh.close();
    yjs.close();
    for (const robot of robots) robot.close();

    await server.kill('SIGTERM');
    await server.restart();
    expect((await readText(server.url, edit)).text).toBe(now.text);
    expect(faultsOf(readLog(server.dataDir, edit))).toEqual([]);
  });

  it('[P2] is there or gone after a kill -9, and asking again finishes it', async () => {
    const { seed, random } = runSeed();
    console.log(`redact and kill -9: seed ${seed}`);
    const { links } = await createRoom(server.url, { text: '' });
    const { token: edit } = links.edit;
    let { rev } = await readText(server.url, edit);
    for (let kill = 0; kill < KILLS; kill++) {
      const secret = `number ${kill} is ${freshToken()}`;
      const sent = await postJson(server.url, `/api/rooms/${edit}/ops`, {
        rev,
        type: 'insert',
        position: 0,
        text: `${secret}\n`,
      });
      ({ rev } = sent.json<{ rev: number }>());
      const asked = redact(links.owner.token, rev, 0, secret.length).catch(() => null);
      await pause(random.int(25));
      await server.kill('SIGKILL');
      await asked;
      await server.restart();
      const before = (await textsOf(edit))[rev] ?? '';
      expect([secret, '\u2588'.repeat(secret.length)]).toContain(before.slice(0, secret.length));
      const again = await redact(links.owner.token, rev, 0, secret.length);
      expect(again.status, again.text()).toBe(200);
      expect((await textsOf(edit)).filter((one) => one.includes(secret))).toEqual([]);
      expect(everythingOnDisk().includes(secret)).toBe(false);
      ({ rev } = await readText(server.url, edit));
    }
  });

  it('is refused where it is no passage, and for whoever is not the owner', async () => {
    const { links } = await createRoom(server.url, { text: 'short' });
    const { rev } = await readText(server.url, links.edit.token);
    const refused = async (answer: Promise<Answer>) => {
      const { status, json } = await answer;
      return [status, json<Problem>().code];
    };
    expect(await refused(redact(links.edit.token, rev, 0, 1))).toEqual([403, 'owner-only']);
    expect(await refused(redact(links.view.token, rev, 0, 1))).toEqual([403, 'owner-only']);
    const owner = links.owner.token;
    expect(await refused(redact(owner, rev, 2, 2))).toEqual([400, 'bad-field']);
    expect(await refused(redact(owner, rev, 2, 6))).toEqual([404, 'no-such-passage']);
    expect(await refused(redact(owner, rev + 1, 0, 1))).toEqual([404, 'bad-rev']);
    expect(await refused(redact(owner, rev, 0, 1_000_000))).toEqual([413, 'passage-too-long']);
    expect((await readText(server.url, owner)).text).toBe('short');
  });

  it('goes from a locked room too, and stays where only the chosen place is meant', async () => {
    const { links } = await createRoom(server.url, { text: 'one two one two' });
    const owner = links.owner.token;
    await request(server.url, 'PUT', `/api/rooms/${owner}/lock`, {
      body: JSON.stringify({ locked: true }),
      headers: { 'content-type': 'application/json' },
    });
    const { rev } = await readText(server.url, owner);
    expect((await redact(owner, rev, 8, 11, { copies: false })).json()).toEqual({ units: 3, revisions: 1, notes: 0 });
    expect(await textsOf(owner)).toEqual(['', 'one two \u2588\u2588\u2588 two', 'one two  two']);
  });
});

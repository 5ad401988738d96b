import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { apply } from '../../lib/ot/index.ts';
import { frames, readUser } from '../../lib/yjs/index.ts';
import {
  connectYjs,
  createRoom,
  eventually,
  freshToken,
  pause,
  readText,
  readYjsRoom,
  startServer,
  type TestServer,
} from '../harness/index.ts';
import { openYjsRobot } from '../harness/yjs-robot.ts';
import { openWitnessedRoom, type WitnessedRoom } from '../harness/yjs-witnesses.ts';

/** The text of each room here; the emoji, of two units, is at 5. */
const TEXT = 'hello🙂world';
/** More than twice the 30 s after which a stock client gives up a silent socket. */
const IDLE_MS = 70_000;
const BURST = 10_000;
/** Longest that a test here may take: those that last share the machine with all the others. */
const LONG_MS = 110_000;

let server: TestServer;
const warnings: string[] = [];
beforeAll(async () => {
  // Stock clients write there what they were denied.
  vi.spyOn(console, 'warn').mockImplementation((said: unknown) => void warnings.push(String(said)));
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
});

/** What is no frame of y-protocols, or says what no client would. */
const GARBAGE: [name: string, frame: Uint8Array | string][] = [
  ['nothing', Uint8Array.of()],
  ['bytes without a meaning', Uint8Array.from({ length: 50 }, (_, index) => 255 - index)],
  ['an unknown type', Uint8Array.of(9, 0)],
  ['an unknown kind of synchronisation', Uint8Array.of(0, 7, 0)],
  ['a frame that ends in its midst', Uint8Array.of(0, 2, 200, 1, 5)],
  ['a frame that goes on after its end', Uint8Array.of(...frames.update(Uint8Array.of(0, 0)), 1)],
  ['an update that is none', frames.update(Uint8Array.of(1, 2, 3, 4, 5))],
  ['an answer that is none', frames.syncStep2(Uint8Array.of(9, 9, 9))],
  ['a state vector that is none', frames.syncStep1(Uint8Array.of(250, 1))],
  ['presence that is no JSON', Uint8Array.of(1, 6, 1, 5, 0, 2, 0x7b, 0x7b)],
  [
    'presence larger than anybody needs',
    frames.awareness([{ clientId: 5, clock: 0, state: { a: 'x'.repeat(5_000) } }]),
  ],
  ['text', 'hello'],
  ['text that another wire would take', JSON.stringify({ t: 'ping', at: 1 })],
];

/** A Y.Doc that has what the room has. */
function copyOf(room: WitnessedRoom): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(room.yjs.doc));
  return doc;
}

/** What `change` does to `doc`, as a frame. */
function updateOf(doc: Y.Doc, change: (text: Y.Text) => void): Uint8Array {
  const before = Y.encodeStateVector(doc);
  doc.transact(() => change(doc.getText('codemirror')));
  return frames.update(Y.encodeStateAsUpdate(doc, before));
}

describe.concurrent('[P7] a Yjs client that says what nobody says hurts only itself', () => {
  it.each(GARBAGE)('%s: 4400', async (_name, frame) => {
    const room = await openWitnessedRoom(server.url, TEXT);
    const bad = await connectYjs(server.url, room.edit);
    await bad.first('state-vector');
    bad.send(frame);
    const { code, reason } = await bad.closed;
    expect(`${code} ${reason}`).toMatch(/^4400 bad-(frame|update)$/);
    expect(await room.agree()).toBe(TEXT);
    expect(room.harm()).toEqual([]);
    room.close();
  });

  it('more than a frame may have: 1009', async () => {
    const room = await openWitnessedRoom(server.url, TEXT);
    const bad = await connectYjs(server.url, room.edit);
    bad.send(updateOf(copyOf(room), (text) => text.insert(0, 'x'.repeat(4 * 2 ** 20 + 1))));
    expect((await bad.closed).code).toBe(1009);
    expect(await room.agree()).toBe(TEXT);
    expect(room.harm()).toEqual([]);
    room.close();
  });

  it('more than the text may have: 4413, and nothing of it is taken', async () => {
    const room = await openWitnessedRoom(server.url, TEXT);
    const bad = await connectYjs(server.url, room.edit);
    bad.send(updateOf(copyOf(room), (text) => text.insert(0, 'x'.repeat(2_500_000))));
    expect(await bad.closed).toEqual({ code: 4413, reason: 'document-full' });
    expect(await room.agree()).toBe(TEXT);
    expect(room.harm()).toEqual([]);
    room.close();
  });

  it('an update that depends on one which never came: 1013', async () => {
    const room = await openWitnessedRoom(server.url, TEXT);
    const bad = await connectYjs(server.url, room.edit);
    const doc = copyOf(room);
    updateOf(doc, (text) => text.insert(0, 'never sent'));
    bad.send(updateOf(doc, (text) => text.insert(5, 'late')));
    expect(await bad.closed).toEqual({ code: 1013, reason: 'out-of-step' });
    expect(await room.agree()).toBe(TEXT);
    expect(room.harm()).toEqual([]);
    room.close();
  });

  it('a stock client of which an update was lost mends that by itself', async () => {
    const room = await openWitnessedRoom(server.url, TEXT);
    const robot = openYjsRobot({ url: server.url, token: room.edit });
    await robot.synced();
    // The provider sends on what does not come from itself: this is made, and not sent.
    robot.doc.transact(() => robot.ytext.insert(0, 'lost '), robot.provider);
    robot.ytext.insert(5, 'and found ');
    await robot.until('come back', () => robot.connects === 2 && robot.provider.synced);
    expect(robot.closes).toEqual([1013]);
    expect(await room.agree()).toBe(`lost and found ${TEXT}`);
    expect(room.harm()).toEqual([]);
    robot.close();
    room.close();
  });
});

describe.concurrent('what a Yjs client may do that a text cannot', () => {
  it('a paste of 2 MB is taken whole, and everybody has it', async () => {
    const room = await openWitnessedRoom(server.url, TEXT);
    const pasted = 'What was pasted. '.repeat(117_000);
    const robot = openYjsRobot({ url: server.url, token: room.edit });
    await robot.synced();
    robot.ytext.insert(0, pasted);
    await eventually('the paste to be there', async () => (await readText(server.url, room.edit)).rev > 1, 20_000);
    expect((await room.agree(40_000)) === pasted + TEXT).toBe(true);
    expect(room.harm()).toEqual([]);
    expect(robot.closes).toEqual([]);
    robot.close();
    room.close();
  });

  it.each<[string, (text: Y.Text) => void, string]>([
    ['a carriage return', (text) => text.insert(5, 'a\r\nb\r'), 'helloa\nb🙂world'],
    ['an embed', (text) => text.insertEmbed(5, { image: 'a.png' }), TEXT],
    ['a nested type', (text) => text.insertEmbed(5, new Y.Map([['deep', new Y.Array()]])), TEXT],
    [
      'all of that between words',
      (text) => {
        text.insert(0, '1\r');
        text.insertEmbed(2, new Y.Text('nested'));
        text.insert(3, '2\r\r3');
        text.insertEmbed(7, {});
      },
      `123${TEXT}`,
    ],
  ])('[P6] %s is removed again, from the sender too', async (_name, change, expected) => {
    const room = await openWitnessedRoom(server.url, TEXT);
    const robot = openYjsRobot({ url: server.url, token: room.edit });
    await robot.synced();
    robot.doc.transact(() => change(robot.ytext));
    await robot.until('what is left', () => robot.ytext.length === expected.length && robot.text() === expected);
    expect(await room.agree()).toBe(expected);
    expect(room.yjs.ytext.length).toBe(room.yjs.text().length);
    expect(room.harm()).toEqual([]);
    expect(robot.closes).toEqual([]);
    robot.close();
    room.close();
  });

  it.each<[string, (text: Y.Text) => void, string]>([
    ['a letter between them', (text) => text.insert(6, 'x'), 'hello\ufffdx\ufffdworld'],
    ['one of them deleted', (text) => text.delete(6, 1), 'hello\ufffdworld'],
    ['a deletion that begins between them', (text) => text.delete(6, 3), 'hello\ufffdrld'],
  ])('[P6] halves of a pair become U+FFFD everywhere: %s', async (_name, change, expected) => {
    const room = await openWitnessedRoom(server.url, TEXT);
    const robot = openYjsRobot({ url: server.url, token: room.edit });
    await robot.synced();
    change(robot.ytext);
    await room.yjs.shows(expected);
    expect(await room.agree()).toBe(expected);
    await robot.shows(room.yjs.text());
    expect(room.harm()).toEqual([]);
    expect(robot.closes).toEqual([]);
    robot.close();
    room.close();
  });

  it('[P12] formats and other roots are kept for those who know them, and the text is what it was', async () => {
    const room = await openWitnessedRoom(server.url, TEXT);
    const robot = openYjsRobot({ url: server.url, token: room.edit });
    await robot.synced();
    robot.ytext.format(0, 5, { bold: true });
    robot.doc.getMap('settings').set('theme', 'dark');
    robot.doc.getArray('list').insert(0, [new Y.Text('nested\r')]);
    await room.yjs.until('the list', () => room.yjs.doc.getArray('list').length === 1);
    expect(room.yjs.doc.getMap('settings').get('theme')).toBe('dark');
    expect(room.yjs.ytext.toDelta()).toEqual([{ insert: 'hello', attributes: { bold: true } }, { insert: '🙂world' }]);
    expect(await room.agree()).toBe(TEXT);
    expect(room.harm()).toEqual([]);
    const { entries } = readYjsRoom(server.dataDir, room.edit);
    expect(entries.filter(({ op, yjs }) => op.length === 0 && yjs !== null).length).toBeGreaterThanOrEqual(3);
    expect(entries.reduce((text, { op }) => apply(text, op), '')).toBe((await readText(server.url, room.edit)).text);
    robot.close();
    room.close();
  });

  it(
    `[P9] ${BURST} tiny updates in one burst are slowed, and none is lost`,
    async () => {
      const room = await openWitnessedRoom(server.url, '');
      const robot = openYjsRobot({ url: server.url, token: room.edit });
      await robot.synced();
      const began = performance.now();
      for (let count = 0; count < BURST; count++) robot.ytext.insert(count, String(count % 10));
      const expected = '0123456789'.repeat(BURST / 10);
      // Others are heard meanwhile.
      room.robot.edit(['<meanwhile>']);
      await room.yjs.until('what the OT client wrote', () => room.yjs.text().includes('<meanwhile>'));
      expect(room.yjs.ytext.length).toBeLessThan(BURST);
      await room.yjs.until('all of them', () => room.yjs.text().replaceAll(/<[^<>]*>/g, '') === expected, LONG_MS);
      // A second's worth at once, and then 200 a second.
      expect(performance.now() - began).toBeGreaterThan((1_000 * (BURST - 200)) / 200 - 1_000);
      expect((await room.agree()).replaceAll(/<[^<>]*>/g, '')).toBe(expected);
      expect([robot.closes, robot.connects]).toEqual([[], 1]);
      expect(room.harm()).toEqual([]);
      robot.close();
      room.close();
    },
    LONG_MS,
  );

  it(
    `[P7] a stock client stays connected over ${IDLE_MS / 1_000} idle seconds, alone and beside an OT client`,
    async () => {
      const room = await openWitnessedRoom(server.url, TEXT);
      const { links } = await createRoom(server.url, { text: TEXT });
      const alone = openYjsRobot({ url: server.url, token: links.edit.token, name: 'Alone' });
      await alone.synced();
      await pause(IDLE_MS);
      expect([alone.closes, alone.connects, alone.provider.wsconnected]).toEqual([[], 1, true]);
      expect(room.harm()).toEqual([]);
      expect(await room.agree()).toBe(TEXT);
      alone.close();
      room.close();
    },
    LONG_MS,
  );
});

describe.concurrent('whose presence it is', () => {
  it('[P7] a state for the id of somebody else, or of an OT client, is not taken', async () => {
    const room = await openWitnessedRoom(server.url, TEXT);
    const watcher = openYjsRobot({ url: server.url, token: room.edit, name: 'Watcher' });
    await watcher.synced();
    const bad = await connectYjs(server.url, room.edit);
    bad.send(frames.awareness([{ clientId: 77, clock: 1, state: { user: { name: 'Bad', color: '#ff0000' } } }]));
    const nameOf = (id: number): string | undefined => readUser(watcher.awareness.getStates().get(id) ?? null)?.name;
    await watcher.until('the bad one among the others', () => nameOf(77) === 'Bad');
    await watcher.until('the OT client among the others', () => idOf('Olga') !== undefined);
    function idOf(name: string): number | undefined {
      return [...watcher.awareness.getStates().keys()].find((id) => nameOf(id) === name);
    }
    const ids = [room.yjs.doc.clientID, idOf('Olga') ?? 0];
    for (const clientId of ids) {
      bad.send(frames.awareness([{ clientId, clock: 1_000, state: { user: { name: 'Impostor', color: '#ff0000' } } }]));
      bad.send(frames.awareness([{ clientId, clock: 2_000, state: null }]));
    }
    // What it says of itself afterwards is heard, so everything before it was.
    bad.send(frames.awareness([{ clientId: 77, clock: 2, state: { user: { name: 'Worse', color: '#ff0000' } } }]));
    await watcher.until('its new name', () => nameOf(77) === 'Worse');
    expect(ids.map(nameOf)).toEqual(['Yann', 'Olga']);
    const kinds = room.robot.client.view().people.map(({ name, kind }) => `${name} ${kind}`);
    expect(kinds).toContain('Yann yjs');
    expect(bad.isOpen).toBe(true);
    expect(await room.agree()).toBe(TEXT);
    expect(room.harm()).toEqual([]);
    bad.close();
    watcher.close();
    room.close();
  });
});

describe.concurrent('[P10] who may', () => {
  it('a view link reads; its writes are denied once and not applied, and reading goes on', async () => {
    const room = await openWitnessedRoom(server.url, TEXT);
    const viewer = await connectYjs(server.url, room.view);
    await viewer.first('state-vector');
    for (const word of ['one', 'two']) viewer.send(updateOf(copyOf(room), (text) => text.insert(0, word)));
    await viewer.first('auth');
    expect(await room.agree()).toBe(TEXT);
    await eventually('the viewer to hear what others write', () => viewer.of('update').length > 0);
    expect(viewer.of('auth')).toHaveLength(1);
    expect(viewer.isOpen).toBe(true);
    expect(room.harm()).toEqual([]);
    viewer.close();
    room.close();
  });

  it('a stock client with a view link sees what others write, whatever it writes itself', async () => {
    const room = await openWitnessedRoom(server.url, TEXT);
    const viewer = openYjsRobot({ url: server.url, token: room.view, name: 'Viewer' });
    await viewer.synced();
    expect(viewer.text()).toBe(TEXT);
    viewer.ytext.insert(0, 'mine ');
    viewer.ytext.insert(0, 'too ');
    expect(await room.agree()).toBe(TEXT);
    room.yjs.ytext.insert(0, 'yours ');
    await viewer.until('what others write', () => viewer.text().includes('yours '));
    expect([viewer.closes, viewer.connects]).toEqual([[], 1]);
    expect(warnings.filter((said) => said.includes(room.view))).toEqual([
      expect.stringContaining('read, but not write'),
    ]);
    expect(await room.agree()).toBe(`yours ${TEXT}`);
    viewer.close();
    room.close();
  });

  it('an unknown token: 4404, and a stock client stays away', async () => {
    const robot = openYjsRobot({ url: server.url, token: freshToken() });
    await robot.until('been dismissed', () => robot.isDismissed);
    expect(robot.closes).toEqual([4404]);
    robot.close();
  });

  it('a root that is not the text’s: 4403, with the name of the right one', async () => {
    const room = await openWitnessedRoom(server.url, TEXT);
    const other = await connectYjs(server.url, room.edit, { root: 'monaco' });
    expect(await other.closed).toEqual({ code: 4403, reason: 'other-root' });
    expect((await other.first('auth')).denied).toContain('?text=codemirror');
    const named = openYjsRobot({ url: server.url, token: room.edit, root: 'codemirror' });
    await named.shows(TEXT);
    expect(await room.agree()).toBe(TEXT);
    expect(room.harm()).toEqual([]);
    named.close();
    room.close();
  });

  it('a page of a foreign origin: 403', async () => {
    const room = await openWitnessedRoom(server.url, TEXT);
    await expect(connectYjs(server.url, room.edit, { origin: 'https://evil.example' })).rejects.toThrow('403');
    const own = await connectYjs(server.url, room.edit, { origin: server.url });
    await own.first('state-vector');
    own.close();
    room.close();
  });

  it('[P9] more sockets than an address may have: 429', async () => {
    const small = await startServer({ env: { MAX_SOCKETS_PER_ADDRESS: '2' } });
    try {
      const { links } = await createRoom(small.url, { text: TEXT });
      const { token } = links.edit;
      const [one] = [await connectYjs(small.url, token), await connectYjs(small.url, token)];
      await expect(connectYjs(small.url, token)).rejects.toThrow('429');
      one?.close();
      await one?.closed;
      const robot = openYjsRobot({ url: small.url, token });
      await robot.shows(TEXT);
      robot.close();
    } finally {
      await small.stop();
    }
  });
});

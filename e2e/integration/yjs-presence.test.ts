import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { apply, replacement } from '../../lib/ot/index.ts';
import type { Range } from '../../lib/protocol/index.ts';
import { frames, readUser } from '../../lib/yjs/index.ts';
import {
  connectYjs,
  createRoom,
  eventually,
  freshName,
  join,
  readText,
  readYjsRoom,
  startServer,
  type TestServer,
} from '../harness/index.ts';
import { openRobot, type Robot } from '../harness/robot.ts';
import { openYjsRobot, type YjsRobot } from '../harness/yjs-robot.ts';

const TEXT = 'hello🙂world';
/** Within this time whoever leaves is gone from everybody's screen, in ms. */
const GONE_MS = 1_000;

let server: TestServer;
beforeAll(async () => {
  vi.spyOn(console, 'warn').mockReturnValue();
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
});

/** Who Olga, an OT client, sees: their names, and where their carets are. */
function screenOf(robot: Robot) {
  const carets = new Map<string, readonly Range[]>();
  robot.client.onCarets((all) => {
    carets.clear();
    for (const { name, ranges } of all) carets.set(name, ranges);
  });
  return {
    carets,
    person: (name: string) => robot.client.view().people.find((one) => one.name === name),
  };
}

/** What a Yjs client knows of somebody: the state, and where its cursor is. */
function stateOf(yjs: YjsRobot, name: string): { user: unknown; cursor: [number, number] | null } | null {
  for (const state of yjs.awareness.getStates().values()) {
    if (readUser(state)?.name !== name) continue;
    const place = (json: unknown): number =>
      Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(json), yjs.doc)?.index ?? -1;
    const cursor = state['cursor'] as { anchor: unknown; head: unknown } | null;
    return { user: state['user'] as unknown, cursor: cursor && [place(cursor.anchor), place(cursor.head)] };
  }
  return null;
}

/** As y-codemirror.next does it. */
function select(yjs: YjsRobot, anchor: number, head: number): void {
  const place = (index: number): unknown =>
    Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(yjs.ytext, index));
  yjs.awareness.setLocalStateField('cursor', { anchor: place(anchor), head: place(head) });
}

async function openPair() {
  const { links } = await createRoom(server.url, { text: TEXT });
  const { token } = links.edit;
  const robot = openRobot({ url: server.url, token, name: 'Olga' });
  const yjs = openYjsRobot({ url: server.url, token, name: 'Yann', color: '#007b69' });
  const screen = screenOf(robot);
  await Promise.all([robot.settled(), yjs.synced()]);
  return {
    token,
    robot,
    yjs,
    screen,
    close() {
      robot.close();
      yjs.close();
    },
  };
}

describe.concurrent('who is here, to both kinds of clients', () => {
  it('an OT client sees the Yjs client: its kind, name and colour, and its caret where it is, edits included', async () => {
    const { robot, yjs, screen, close } = await openPair();
    await eventually('Yann among the people', () => screen.person('Yann'));
    expect(screen.person('Yann')).toMatchObject({ kind: 'yjs', color: 7, role: 'edit' });
    const caret = (): readonly Range[] | undefined => screen.carets.get('Yann');
    select(yjs, 7, 10);
    await eventually('his selection', () => expect(caret()).toEqual([[7, 10]]) ?? true);
    robot.edit(['abc']);
    await eventually('it to be pushed', () => expect(caret()).toEqual([[10, 13]]) ?? true);
    await yjs.shows(`abc${TEXT}`);
    yjs.ytext.insert(0, '12');
    select(yjs, 2, 2);
    await eventually('his caret behind what he wrote', () => expect(caret()).toEqual([[2, 2]]) ?? true);
    await eventually('what he wrote', () => robot.text() === `12abc${TEXT}`);
    yjs.awareness.setLocalStateField('cursor', null);
    await eventually('no caret of his', () => (caret() ?? []).length === 0);
    yjs.awareness.setLocalStateField('user', { name: 'Yannick', color: '#007b69' });
    await eventually('his new name', () => screen.person('Yannick'));
    close();
  });

  it('a Yjs client sees the OT client: name, colour, and a cursor that leads to the right place, edits included', async () => {
    const { robot, yjs, close } = await openPair();
    await eventually('Olga', () => stateOf(yjs, 'Olga'));
    expect(JSON.stringify(stateOf(yjs, 'Olga')?.user)).toMatch(
      /^\{"name":"Olga","color":"#[0-9a-f]{6}","colorLight":"#[0-9a-f]{8}"\}$/,
    );
    robot.client.select([[7, 9]]);
    await eventually('her selection', () => expect(stateOf(yjs, 'Olga')?.cursor).toEqual([7, 9]) ?? true);
    yjs.ytext.insert(0, 'abc');
    await eventually('it to be pushed', () => expect(stateOf(yjs, 'Olga')?.cursor).toEqual([10, 12]) ?? true);
    await eventually('what he wrote', () => robot.text() === `abc${TEXT}`);
    robot.edit(replacement(0, 3, '🙂'));
    await eventually(
      'her caret behind what she wrote',
      () => expect(stateOf(yjs, 'Olga')?.cursor).toEqual([2, 2]) ?? true,
    );
    robot.client.rename('Olga K.', 3);
    await eventually('her new name', () => stateOf(yjs, 'Olga K.'));
    expect(stateOf(yjs, 'Olga')).toBeNull();
    close();
  });

  it(`both are gone within ${GONE_MS} ms of leaving, politely or not`, async () => {
    const { token, robot, yjs, screen, close } = await openPair();
    await eventually('each other', () => screen.person('Yann') && stateOf(yjs, 'Olga'));
    yjs.close();
    await eventually('Yann to be gone', () => !screen.person('Yann'), GONE_MS);
    const again = openYjsRobot({ url: server.url, token, name: 'Yves' });
    await eventually('each other', () => screen.person('Yves') && stateOf(again, 'Olga'));
    again.goOffline();
    await eventually('Yves to be gone', () => !screen.person('Yves'), GONE_MS);
    again.goOnline();
    await eventually('each other again', () => screen.person('Yves') && stateOf(again, 'Olga'));
    robot.close();
    await eventually('Olga to be gone', () => !stateOf(again, 'Olga'), GONE_MS);
    // What remains is its own.
    expect([...again.awareness.getStates().keys()]).toEqual([again.doc.clientID]);
    again.close();
    close();
  });

  it('two Yjs clients see each other, and a picture that only they know', async () => {
    const { token, yjs, close } = await openPair();
    const other = openYjsRobot({ url: server.url, token, name: 'Yves' });
    other.awareness.setLocalStateField('picture', 'yves.png');
    await eventually('each other', () => stateOf(yjs, 'Yves') && stateOf(other, 'Yann'));
    expect(yjs.awareness.getStates().get(other.doc.clientID)).toMatchObject({ picture: 'yves.png' });
    select(other, 5, 7);
    await eventually('his selection', () => expect(stateOf(yjs, 'Yves')?.cursor).toEqual([5, 7]) ?? true);
    other.close();
    await eventually('Yves to be gone', () => !stateOf(yjs, 'Yves'), GONE_MS);
    close();
  });

  it('[P3] one who comes back is the same author', async () => {
    const { token, yjs, screen, close } = await openPair();
    const { author } = await eventually('Yann among the people', () => screen.person('Yann'));
    yjs.ytext.insert(0, 'before ');
    yjs.cut();
    await yjs.until('come back', () => yjs.connects === 2 && yjs.provider.synced);
    await eventually('Yann among the people', () => screen.person('Yann'));
    expect(screen.person('Yann')?.author).toBe(author);
    yjs.ytext.insert(0, 'after ');
    await eventually('both words', async () => (await readText(server.url, token)).text === `after before ${TEXT}`);
    const { entries } = readYjsRoom(server.dataDir, token);
    expect(new Set(entries.filter(({ rev, op }) => rev > 1 && op.length > 0).map((entry) => entry.author))).toEqual(
      new Set([author]),
    );
    close();
  });

  it('one who comes back while the old socket is half-open is the same author, and is shown when that has gone', async () => {
    const { token, yjs, screen, close } = await openPair();
    const frozen = openYjsRobot({ url: server.url, token, name: 'Zoe' });
    const { author } = await eventually('Zoe among the people', () => screen.person('Zoe'));
    await frozen.synced();
    frozen.freeze();
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(frozen.doc));
    doc.clientID = frozen.doc.clientID;
    const back = openYjsRobot({ url: server.url, token, name: 'Zoe', doc });
    await back.synced();
    back.ytext.insert(0, 'back ');
    select(back, 7, 9);
    await yjs.shows(`back ${TEXT}`);
    expect(screen.person('Zoe')?.author).toBe(author);
    // Some 20 s: only then the server knows.
    await eventually('her caret', () => expect(screen.carets.get('Zoe')).toEqual([[7, 9]]) ?? true, 30_000);
    await eventually('her cursor', () => expect(stateOf(yjs, 'Zoe')?.cursor).toEqual([7, 9]) ?? true);
    expect(screen.person('Zoe')?.author).toBe(author);
    expect([back.closes, back.connects]).toEqual([[], 1]);
    frozen.close();
    back.close();
    close();
  }, 60_000);

  it('one whose id is another’s is its shadow until that has gone', async () => {
    const { token, yjs, screen, close } = await openPair();
    const say = (name: string, clock: number): Uint8Array =>
      frames.awareness([{ clientId: 77, clock, state: { user: { name, color: '#ff0000' } } }]);
    const old = await connectYjs(server.url, token);
    old.send(say('Old', 1));
    await eventually('the old one among the people', () => screen.person('Old'));
    const young = await connectYjs(server.url, token);
    await young.first('state-vector');
    young.send(say('Young', 5));
    young.send(frames.syncStep1(Uint8Array.of(0)));
    // Its question is answered, so what it said before was heard.
    await eventually('the answer', () => young.of('update').length > 0);
    expect(stateOf(yjs, 'Young')).toBeNull();
    expect(stateOf(yjs, 'Old')).not.toBeNull();
    old.close();
    await eventually('the young one', () => stateOf(yjs, 'Young') && screen.person('Young'));
    expect(stateOf(yjs, 'Old')).toBeNull();
    young.close();
    await eventually('the young one to be gone', () => !stateOf(yjs, 'Young') && !screen.person('Young'), GONE_MS);
    close();
  });
});

describe.concurrent('[P12] what a room without Yjs clients pays', () => {
  it('nothing: no bytes, no lineage', async () => {
    const { links } = await createRoom(server.url, { text: TEXT });
    const { peer } = await join(server.url, links.edit.token);
    for (let seq = 1; seq <= 20; seq++) peer.send({ t: 'op', seq, rev: 1, op: ['x'] });
    await peer.reached(21);
    const { entries, lineage } = readYjsRoom(server.dataDir, links.edit.token);
    expect([entries.length, entries.filter(({ yjs }) => yjs).length, lineage]).toEqual([21, 0, null]);
    peer.close();
  });

  it('a name that nobody has used is a room for Yjs clients too, from the first letter on', async () => {
    const name = freshName();
    const silent = openYjsRobot({ url: server.url, token: name });
    await silent.synced();
    // Whoever only listens makes no room.
    expect(readYjsRoom(server.dataDir, name)).toEqual({ entries: [], lineage: null });
    silent.ytext.insert(0, 'first 🙂');
    await eventually('the room', async () => (await readText(server.url, name)).text === 'first 🙂');
    const robot = openRobot({ url: server.url, token: name });
    await robot.settled();
    expect(robot.text()).toBe('first 🙂');
    expect(readYjsRoom(server.dataDir, name)).toMatchObject({
      entries: [{ rev: 1, op: ['first 🙂'] }],
      lineage: { root: 'codemirror' },
    });
    robot.close();
    silent.close();
  });

  it('two tabs that hear each other past the server too end with one text', async () => {
    const { links } = await createRoom(server.url, { text: TEXT });
    const { token } = links.edit;
    const tabs = ['Tab 1', 'Tab 2'].map((name) => openYjsRobot({ url: server.url, token, name, isTab: true }));
    await Promise.all(tabs.map((tab) => tab.synced()));
    for (const tab of tabs) tab.goOffline();
    for (const [index, tab] of tabs.entries()) tab.ytext.insert(0, `<tab ${index}>`);
    await eventually('the tabs to have each other’s words', () => new Set(tabs.map((tab) => tab.text())).size === 1);
    for (const tab of tabs) tab.goOnline();
    const text = await eventually('the server to have them', async () => {
      const now = await readText(server.url, token);
      return now.text === tabs[0]?.text() && now.text;
    });
    expect(text.length).toBe(TEXT.length + 2 * '<tab 0>'.length);
    for (const tab of tabs) tab.close();
  });
});

/** Alone, because the server is restarted: then there is no Y.Doc until the next Yjs client comes. */
it('[P2] [P12] what OT clients wrote while no Yjs client was here is owed, and comes with one entry', async () => {
  const { token, robot, yjs, close } = await openPair();
  yjs.ytext.insert(0, 'one ');
  await eventually('it', () => robot.text() === `one ${TEXT}`);
  yjs.goOffline();
  yjs.ytext.insert(yjs.ytext.length, ' offline');
  await server.kill('SIGKILL');
  await server.restart();
  const before = readYjsRoom(server.dataDir, token).entries.length;
  for (let count = 0; count < 10; count++) {
    robot.edit([`${count} `]);
    await robot.settled();
  }
  const without = readYjsRoom(server.dataDir, token).entries.slice(before);
  expect([without.length, without.filter((entry) => entry.yjs).length]).toEqual([10, 0]);
  yjs.goOnline();
  const written = '9 8 7 6 5 4 3 2 1 0 one ';
  await yjs.shows(`${written}${TEXT} offline`);
  await eventually('what he wrote offline', () => robot.text() === yjs.text());
  const { entries } = readYjsRoom(server.dataDir, token);
  expect(entries.slice(before + 10).map(({ op, yjs: bytes }) => [op, bytes !== null])).toEqual([
    [[], true],
    [[written.length + TEXT.length, ' offline'], true],
  ]);
  const doc = new Y.Doc();
  for (const entry of entries) if (entry.yjs) Y.applyUpdate(doc, entry.yjs);
  expect(doc.getText('codemirror').toJSON()).toBe(entries.reduce((text, { op }) => apply(text, op), ''));
  close();
});

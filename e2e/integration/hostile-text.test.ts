import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frames, readUser } from '../../lib/yjs/index.ts';
import {
  connectYjs,
  createRoom,
  eventually,
  HOSTILE_LABELS,
  HOSTILE_TEXTS,
  INKLESS_LABEL,
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

async function titleOf(token: string): Promise<{ title: string; language: string }> {
  return (await request(server.url, 'GET', `/api/rooms/${token}`)).json();
}

function namesHeard(peer: Peer): Set<string> {
  const names = new Set<string>();
  for (const message of peer.heard) {
    if (message.t === 'people') for (const { name } of message.join) names.add(name);
  }
  return names;
}

describe('[P7] hostile texts are texts', () => {
  it.each(HOSTILE_TEXTS)('%s', async (_, text) => {
    const { links } = await createRoom(server.url, { text });
    expect((await readText(server.url, links.view.token)).text).toBe(text);
    const { peer } = await join(server.url, links.edit.token);
    const rev = await peer.submit({ t: 'op', seq: 1, rev: 1, op: ['x'] });
    expect(rev).toBe(2);
    expect((await readText(server.url, links.view.token)).text).toBe(`x${text}`);
    peer.close();
    const page = await request(server.url, 'GET', `/r/${links.edit.token}`);
    expect(page.status).toBe(200);
    expect(page.text()).not.toContain('<script>window.tandemRan');
  });
});

describe('[P7] hostile labels reach nobody', () => {
  it.each(HOSTILE_LABELS)('%s', async (_, label, cleaned) => {
    const { links, title } = await createRoom(server.url, { title: label, language: label, name: label, text: 'a' });
    expect(title).toBe(cleaned);
    expect(await titleOf(links.view.token)).toMatchObject({ title: cleaned, language: cleaned });
    const page = (await request(server.url, 'GET', `/r/${links.edit.token}`)).text();
    expect(page).not.toMatch(/<script>window\.tandemRan|<img src=x/);

    const { peer: witness } = await join(server.url, links.edit.token);
    const { peer } = await join(server.url, links.edit.token, { name: label });
    await eventually('the name', async () => namesHeard(witness).has(cleaned), 5_000);
    peer.send({ t: 'me', name: `${label}!`.slice(0, 40), color: 2 });
    peer.send({ t: 'room', title: `${label}?`, language: label });
    const told = await witness.next('room');
    expect(told).toEqual({ t: 'room', title: `${cleaned}?`, language: cleaned });

    const yjs = await connectYjs(server.url, links.edit.token);
    const other = await connectYjs(server.url, links.edit.token);
    const state = { user: { name: `${label}~`.slice(-40), color: '#123456' }, more: 1 };
    yjs.send(frames.awareness([{ clientId: 7, clock: 1, state }]));
    const name = `${cleaned}~`.slice(-40);
    await eventually('the name by Yjs', async () => namesHeard(witness).has(name), 5_000);
    const statesOf = () => other.of('awareness').flatMap(({ states }) => states);
    const heard = await eventually(
      'the state',
      async () => statesOf().find(({ clientId }) => clientId === 7)?.state,
      5_000,
    );
    expect(heard).toEqual({ ...state, user: { ...state.user, name } });
    for (const { state: one } of statesOf()) expect(readUser(one)?.name ?? '').not.toMatch(/[\p{Bidi_Control}\u200b]/u);

    const edit = { rev: 1, type: 'insert', position: 0, text: 'b', name: label };
    expect((await postJson(server.url, `/api/rooms/${links.edit.token}/ops`, edit)).status).toBe(200);
    for (const said of namesHeard(witness)) expect(said).not.toMatch(/[\p{Bidi_Control}\u200b]|\p{M}{5}/u);
  });

  it('who has a name without ink is a guest', async () => {
    const { links } = await createRoom(server.url, { text: 'a', title: INKLESS_LABEL });
    expect((await titleOf(links.edit.token)).title).toBe('');
    const { peer: witness } = await join(server.url, links.edit.token, { name: 'Witness' });
    await join(server.url, links.edit.token, { name: INKLESS_LABEL });
    await eventually('the guest', async () => namesHeard(witness).has('Guest'), 5_000);
  });
});

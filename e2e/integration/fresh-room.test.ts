import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  connect,
  freshName,
  freshToken,
  join,
  readText,
  request,
  startServer,
  type TestServer,
} from '../harness/index.ts';
import { openRobot } from '../harness/robot.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
});

/** The tokens that a page makes for a fresh room. */
function freshRoom(): { token: string; create: { owner: string; view: string } } {
  return { token: freshToken(), create: { owner: freshToken(), view: freshToken() } };
}

const statusOf = async (token: string) => (await request(server.url, 'GET', `/api/rooms/${token}`)).status;

describe('[R-fresh] a room that begins with its first edit', () => {
  it('costs nothing before: it is not there, and leaving it leaves nothing', async () => {
    const { token, create } = freshRoom();
    const { peer, welcome } = await join(server.url, token, { create });
    expect(welcome).toMatchObject({ rev: 0, text: '', role: 'edit' });
    expect(await statusOf(token)).toBe(404);
    peer.close();
    await peer.closed;
    expect(await statusOf(token)).toBe(404);
    expect(await statusOf(create.owner)).toBe(404);
  });

  it('exists with all three links once its first edit is acknowledged, and stays', async () => {
    const { token, create } = freshRoom();
    const { peer } = await join(server.url, token, { create });
    peer.send({ t: 'op', seq: 1, rev: 0, op: ['first'] });
    await peer.reached(1);
    await server.kill('SIGKILL');
    await server.restart();
    const roles = await Promise.all(
      [create.owner, token, create.view].map(async (link) => {
        const opened = await join(server.url, link);
        opened.peer.close();
        return [opened.welcome.role, opened.welcome.text];
      }),
    );
    expect(roles).toEqual([
      ['owner', 'first'],
      ['edit', 'first'],
      ['view', 'first'],
    ]);
  });

  it('is one room for two people who both wait for its first edit', async () => {
    const { token, create } = freshRoom();
    const first = await join(server.url, token, { create });
    const second = await join(server.url, token, { create });
    first.peer.send({ t: 'op', seq: 1, rev: 0, op: ['1'] });
    second.peer.send({ t: 'op', seq: 1, rev: 0, op: ['2'] });
    await Promise.all([first.peer.reached(2), second.peer.reached(2)]);
    expect((await readText(server.url, token)).text).toMatch(/^(12|21)$/);
    first.peer.close();
    second.peer.close();
  });

  it('exists too once it is given a title, since its link is about to be given away', async () => {
    const { token, create } = freshRoom();
    const { peer } = await join(server.url, token, { create });
    peer.send({ t: 'room', title: 'Notes' });
    expect((await peer.next('room')).title).toBe('Notes');
    expect(await statusOf(token)).toBe(200);
    peer.close();
  });

  it('ignores `create` for a room that is there', async () => {
    const { token, create } = freshRoom();
    const { peer } = await join(server.url, token, { create });
    peer.send({ t: 'op', seq: 1, rev: 0, op: ['mine'] });
    await peer.reached(1);
    const thief = { owner: freshToken(), view: freshToken() };
    const other = await join(server.url, token, { create: thief });
    expect(other.welcome).toMatchObject({ text: 'mine', role: 'edit' });
    other.peer.send({ t: 'op', seq: 1, rev: 1, op: ['not '] });
    await other.peer.reached(2);
    expect(await statusOf(thief.owner)).toBe(404);
    expect(await statusOf(thief.view)).toBe(404);
    peer.close();
    other.peer.close();
  });

  it('[P10] never takes over somebody else’s token as its own owner or view link', async () => {
    const mine = freshRoom();
    const { peer } = await join(server.url, mine.token, { create: mine.create });
    peer.send({ t: 'op', seq: 1, rev: 0, op: ['mine'] });
    await peer.reached(1);
    const thief = await connect(server.url);
    const token = freshToken();
    thief.send({
      t: 'hello',
      v: 1,
      token,
      client: freshToken(),
      create: { owner: mine.create.owner, view: freshToken() },
    });
    await thief.next('welcome');
    thief.send({ t: 'op', seq: 1, rev: 0, op: ['theirs'] });
    await thief.closed;
    expect(await statusOf(token)).toBe(404);
    const owner = await join(server.url, mine.create.owner);
    expect(owner.welcome).toMatchObject({ role: 'owner', text: 'mine' });
    owner.peer.close();
    peer.close();
  });

  it('opens for the real client, typed into before it was ever connected', async () => {
    const { token, create } = freshRoom();
    const robot = openRobot({ url: server.url, token, create });
    robot.edit(['typed at once']);
    await robot.settled();
    expect(await readText(server.url, token)).toEqual({ text: 'typed at once', rev: 1 });
    robot.close();
  });
});

describe('[R-names] a room with a name that people chose', () => {
  it('opens without `create`, and is made by its first edit', async () => {
    const name = freshName();
    const { peer, welcome } = await join(server.url, name);
    expect(welcome).toMatchObject({ rev: 0, text: '' });
    expect(['owner', 'edit']).toContain(welcome.role);
    expect(await statusOf(name)).toBe(404);
    peer.send({ t: 'op', seq: 1, rev: 0, op: ['hello'] });
    await peer.reached(1);
    expect(await statusOf(name)).toBe(200);
    const again = await join(server.url, name);
    expect(again.welcome).toMatchObject({ rev: 1, text: 'hello' });
    peer.close();
    again.peer.close();
  });

  it.each(['ab', 'Standup', 'with space', 'a'.repeat(22), 'x'.repeat(65), 'naïve', '..', ''])(
    'refuses "%s" with 4404',
    async (token) => {
      const peer = await connect(server.url);
      peer.sendRaw(JSON.stringify({ t: 'hello', v: 1, token, client: freshToken() }));
      expect((await peer.closed).code).toBe(4404);
    },
  );
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apply } from '../../lib/ot/index.ts';
import {
  connect,
  createRoom,
  faultsOf,
  freshToken,
  join,
  type Message,
  type Peer,
  readLog,
  readText,
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

const replay = (text: string, { ops }: Message<'ops'>) => ops.reduce((now, [, , op]) => apply(now, op), text);

describe('[R-resume] coming back', () => {
  it('gives the revisions that were missed, and no text, to a client that names its revision and epoch', async () => {
    const { links } = await createRoom(server.url, { text: 'one' });
    const first = await join(server.url, links.edit.token);
    expect(first.welcome).toMatchObject({ rev: 1, text: 'one', role: 'edit', last: null });
    first.peer.cut();

    const other = await join(server.url, links.edit.token);
    other.peer.send({ t: 'op', seq: 1, rev: 1, op: [3, ' two'] });
    await other.peer.reached(2);
    other.peer.send({ t: 'op', seq: 2, rev: 2, op: [7, ' three'] });
    await other.peer.reached(3);

    const { epoch, rev, you } = first.welcome;
    const again = await join(server.url, links.edit.token, { client: first.client, rev, epoch });
    expect(again.welcome.text).toBeUndefined();
    expect(again.welcome).toMatchObject({ rev: 3, epoch, you });
    const missed = await again.peer.next('ops');
    expect(missed.rev).toBe(2);
    expect(replay('one', missed)).toBe('one two three');
    again.peer.close();
    other.peer.close();
  });

  it('gives nothing but the welcome to a client that has missed nothing', async () => {
    const { links } = await createRoom(server.url, { text: 'one' });
    const { epoch } = (await join(server.url, links.edit.token)).welcome;
    const { peer, welcome } = await join(server.url, links.edit.token, { rev: 1, epoch });
    expect(welcome.text).toBeUndefined();
    peer.send({ t: 'ping', at: 5 });
    expect((await peer.next('pong')).at).toBe(5);
    expect(peer.heard.filter((message) => message.t === 'ops')).toEqual([]);
    peer.close();
  });

  it.each([
    ['another epoch', () => ({ rev: 1, epoch: freshToken() })],
    ['a revision beyond the newest', (epoch: string) => ({ rev: 7, epoch })],
  ])('gives the text to a client that comes with %s', async (_name, claim) => {
    const { links } = await createRoom(server.url, { text: 'one' });
    const { epoch } = (await join(server.url, links.edit.token)).welcome;
    const { peer, welcome } = await join(server.url, links.edit.token, claim(epoch));
    expect(welcome).toMatchObject({ rev: 1, text: 'one' });
    peer.close();
  });

  it('works over a restart of the server, SIGKILL included', async () => {
    const { links } = await createRoom(server.url, { text: 'one' });
    const { client, welcome, peer } = await join(server.url, links.edit.token);
    peer.send({ t: 'op', seq: 1, rev: 1, op: ['zero '] });
    await peer.reached(2);
    await server.kill('SIGKILL');
    await server.restart();
    const again = await join(server.url, links.edit.token, { client, rev: 1, epoch: welcome.epoch });
    expect(again.welcome).toMatchObject({ rev: 2, you: welcome.you, last: { seq: 1, rev: 2 } });
    expect(replay('one', await again.peer.next('ops'))).toBe('zero one');
    again.peer.close();
  });
});

describe('[P3] exactly once', () => {
  it('acknowledges an edit that is sent again, and does not apply it again', async () => {
    const { links } = await createRoom(server.url);
    const { peer } = await join(server.url, links.edit.token);
    peer.send({ t: 'op', seq: 1, rev: 0, op: ['once'] });
    await peer.reached(1);
    peer.send({ t: 'op', seq: 1, rev: 0, op: ['once'] });
    expect(await peer.next('ack')).toEqual({ t: 'ack', seq: 1, rev: 1 });
    expect(await readText(server.url, links.edit.token)).toEqual({ text: 'once', rev: 1 });
    peer.close();
  });

  it('does not apply an edit again whose acknowledgement was lost with the connection', async () => {
    const { links } = await createRoom(server.url);
    const { peer, client } = await join(server.url, links.edit.token);
    const witness = await join(server.url, links.edit.token);
    peer.send({ t: 'op', seq: 1, rev: 0, op: ['once'] });
    await witness.peer.reached(1);
    peer.cut();
    const again = await join(server.url, links.edit.token, { client });
    expect(again.welcome).toMatchObject({ last: { seq: 1, rev: 1 }, text: 'once' });
    again.peer.send({ t: 'op', seq: 1, rev: 1, op: ['once'] });
    expect(await again.peer.next('ack')).toEqual({ t: 'ack', seq: 1, rev: 1 });
    expect(await readText(server.url, links.edit.token)).toEqual({ text: 'once', rev: 1 });
    again.peer.close();
    witness.peer.close();
  });

  it('settles an edit that became nothing, and remembers so over a restart', async () => {
    const { links } = await createRoom(server.url, { text: 'abc' });
    const first = await join(server.url, links.edit.token);
    const second = await join(server.url, links.edit.token);
    first.peer.send({ t: 'op', seq: 1, rev: 1, op: [1, -1] });
    await first.peer.reached(2);
    second.peer.send({ t: 'op', seq: 1, rev: 1, op: [1, -1] });
    expect(await second.peer.next('ack')).toEqual({ t: 'ack', seq: 1, rev: 2 });
    await server.restart();
    const again = await join(server.url, links.edit.token, { client: second.client });
    expect(again.welcome).toMatchObject({ rev: 2, text: 'ac', last: { seq: 1, rev: 2 } });
    again.peer.send({ t: 'op', seq: 1, rev: 2, op: [1, -1] });
    expect(await again.peer.next('ack')).toEqual({ t: 'ack', seq: 1, rev: 2 });
    expect((await readText(server.url, links.edit.token)).text).toBe('ac');
    again.peer.close();
  });

  it('the real client sends what it typed exactly once, wherever the connection breaks', async () => {
    const { links } = await createRoom(server.url);
    const robot = openRobot({ url: server.url, token: links.edit.token, name: 'Typist' });
    await robot.settled();
    const words = Array.from({ length: 40 }, (_, index) => `<${index}>`);
    for (const [index, word] of words.entries()) {
      robot.edit([robot.editor.length, word].filter((part) => part !== 0));
      if (index % 4 === 1) robot.cut();
      if (index % 8 === 3) await robot.settled();
    }
    await robot.settled();
    const { text } = await readText(server.url, links.edit.token);
    expect(text).toBe(words.join(''));
    expect(robot.text()).toBe(text);
    robot.close();
    await server.kill('SIGTERM');
    expect(faultsOf(readLog(server.dataDir, links.edit.token))).toEqual([]);
    await server.restart();
  });
});

describe('[R-supersede] two sockets of one client', () => {
  it('closes the older with 4409, and hears the newer', async () => {
    const { links } = await createRoom(server.url);
    const first = await join(server.url, links.edit.token);
    const second = await join(server.url, links.edit.token, { client: first.client });
    expect((await first.peer.closed).code).toBe(4409);
    expect(first.peer.heard.at(-1)).toMatchObject({ t: 'error', code: 'superseded' });
    second.peer.send({ t: 'op', seq: 1, rev: 0, op: ['x'] });
    expect(await second.peer.reached(1)).toBe(1);
    // The late end of the first socket must not take the second's place in the room.
    const watcher = await join(server.url, links.edit.token);
    const { join: here } = await watcher.peer.next('people');
    expect(here.map(({ author }) => author)).toContain(second.welcome.you);
    second.peer.close();
    watcher.peer.close();
  });
});

describe('[P10] a view link', () => {
  it('reads and never writes: an op ends it with 4403', async () => {
    const { links } = await createRoom(server.url, { text: 'look' });
    const { peer, welcome } = await join(server.url, links.view.token);
    expect(welcome).toMatchObject({ role: 'view', text: 'look' });
    peer.send({ t: 'op', seq: 1, rev: 1, op: ['x'] });
    expect((await peer.closed).code).toBe(4403);
    expect(peer.heard.at(-1)).toMatchObject({ t: 'error', code: 'read-only' });
    expect(await readText(server.url, links.edit.token)).toEqual({ text: 'look', rev: 1 });
  });

  it('cannot rename the room', async () => {
    const { links } = await createRoom(server.url, { title: 'Mine' });
    const { peer } = await join(server.url, links.view.token);
    peer.send({ t: 'room', title: 'Yours' });
    expect((await peer.closed).code).toBe(4403);
  });

  it('learns nothing of the edit link', async () => {
    const { links } = await createRoom(server.url, { text: 'look' });
    const editor = await join(server.url, links.edit.token);
    const viewer = await join(server.url, links.view.token);
    editor.peer.send({ t: 'op', seq: 1, rev: 1, op: ['x'] });
    await viewer.peer.reached(2);
    const heard = JSON.stringify(viewer.peer.heard);
    for (const secret of [links.edit.token, links.owner.token, editor.client]) expect(heard).not.toContain(secret);
    editor.peer.close();
    viewer.peer.close();
  });
});

describe('[R-order] what everybody hears', () => {
  it('[P1] each revision comes once, in order, to everybody, as the same bytes', async () => {
    const { links } = await createRoom(server.url);
    const members = await Promise.all(Array.from({ length: 5 }, () => join(server.url, links.edit.token)));
    for (const { peer } of members) peer.send({ t: 'op', seq: 1, rev: 0, op: ['x'] });
    await Promise.all(members.map(({ peer }) => peer.reached(5)));
    const logs = members.map(({ peer }) =>
      peer.heard.flatMap((message) =>
        message.t === 'ops' ? message.ops.map((op, index) => [message.rev + index, op]) : [],
      ),
    );
    expect(logs[0]?.map(([rev]) => rev)).toEqual([1, 2, 3, 4, 5]);
    for (const log of logs) expect(log).toEqual(logs[0]);
    for (const { peer } of members) peer.close();
  });

  it('tells who is here, who came, who left and who has another name', async () => {
    const { links } = await createRoom(server.url);
    const ada = await join(server.url, links.edit.token, { name: 'Ada', color: 3, person: 'p1' });
    const you = { author: ada.welcome.you, person: 'p1', name: 'Ada', color: 3, role: 'edit', kind: 'ot' };
    expect((await ada.peer.next('people')).join).toEqual([you]);
    const bob = await join(server.url, links.view.token, { name: 'Bob', color: 4 });
    const other = { author: bob.welcome.you, person: '', name: 'Bob', color: 4, role: 'view', kind: 'ot' };
    await expectHere(ada.peer, [you, other]);
    await expectHere(bob.peer, [you, other]);
    bob.peer.send({ t: 'me', name: 'Bo', color: 5 });
    await expectHere(ada.peer, [you, { ...other, name: 'Bo', color: 5 }]);
    bob.peer.close();
    await expectHere(ada.peer, [you]);
    ada.peer.close();
  });

  it('moves a caret that was named at an older revision', async () => {
    const { links } = await createRoom(server.url, { text: 'abc' });
    const writer = await join(server.url, links.edit.token);
    const pointer = await join(server.url, links.edit.token);
    writer.peer.send({ t: 'op', seq: 1, rev: 1, op: ['12'] });
    await writer.peer.reached(2);
    pointer.peer.send({ t: 'cursor', rev: 1, ranges: [[1, 3]] });
    expect(await writer.peer.next('cursor')).toMatchObject({ author: pointer.welcome.you, rev: 2, ranges: [[3, 5]] });
    writer.peer.close();
    pointer.peer.close();
  });

  it('tells everybody the new title, and keeps it', async () => {
    const { links } = await createRoom(server.url, { title: 'Old' });
    const writer = await join(server.url, links.edit.token);
    const reader = await join(server.url, links.view.token);
    writer.peer.send({ t: 'room', title: 'New', language: 'Rust' });
    expect(await reader.peer.next('room')).toMatchObject({ title: 'New', language: 'Rust' });
    await server.restart();
    const { welcome, peer } = await join(server.url, links.view.token);
    expect(welcome).toMatchObject({ title: 'New', language: 'Rust' });
    peer.close();
  });

  it('answers a ping before hello no more than after it', async () => {
    const { links } = await createRoom(server.url);
    const peer = await connect(server.url);
    peer.send({ t: 'hello', v: 1, token: links.edit.token, client: freshToken() });
    // Sent before the welcome was heard: it waits its turn.
    peer.send({ t: 'ping', at: 1 });
    peer.send({ t: 'op', seq: 1, rev: 0, op: ['early'] });
    await peer.next('welcome');
    expect((await peer.next('pong')).at).toBe(1);
    expect(await peer.reached(1)).toBe(1);
    peer.close();
  });
});

/** Waits until these are the people that the messages so far add up to. */
async function expectHere(peer: Peer, people: readonly object[]): Promise<void> {
  const here = () => {
    const known = new Map<number, object>();
    for (const message of peer.heard) {
      if (message.t !== 'people') continue;
      for (const person of message.join) known.set(person.author, person);
      for (const author of message.leave) known.delete(author);
    }
    return [...known.values()];
  };
  await expect.poll(here, { timeout: 10_000 }).toEqual(people);
}

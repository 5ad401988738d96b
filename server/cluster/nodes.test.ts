import { describe, expect, it, vi } from 'vitest';
import { ManualClock, seededRandom } from '../../lib/testing/index.ts';
import { AddressBudgets } from '../address-budgets.ts';
import type { Caller } from '../caller.ts';
import { createCounters } from '../counters.ts';
import { DEFAULT_SERVER_LIMITS } from '../limits.ts';
import { OwnerDesk } from '../links/owner-desk.ts';
import { createLog } from '../log.ts';
import { Rooms } from '../rooms.ts';
import { createMemoryStorage } from '../storage/memory.ts';
import { StorageUnavailable } from '../storage/storage.ts';
import { openRoom, stranger } from '../testing/callers.ts';
import { openGuestSocket, settle } from '../testing/guest-socket.ts';
import type { Bus } from './bus.ts';
import { encodeRoomMessage, roomChannel } from './envelope.ts';
import { pollHeads } from './head-poll.ts';
import { LocalHub } from './local-bus.ts';
import { createLossyBus, type LossyBus } from './lossy-bus.ts';

const TOKEN = 'T'.repeat(22);
const CREATE = { owner: 'O'.repeat(22), view: 'V'.repeat(22) };
/** What the poll takes to find what the bus did not tell, in ms. */
const POLLED_MS = 3_100;

/** Several nodes on one store and one clock. */
async function scene({ lose = 0 } = {}) {
  const clock = new ManualClock();
  const storage = createMemoryStorage();
  const limits = DEFAULT_SERVER_LIMITS;
  const log = createLog('silent');
  const hub = new LocalHub();
  const random = seededRandom(7);

  function start(name: string) {
    const bus: LossyBus = createLossyBus(
      hub.join(name),
      { lose, double: lose, delayMs: lose > 0 ? 50 : 0 },
      random,
      clock,
    );
    const rooms = new Rooms({ storage, clock, log, limits, cluster: { bus } });
    const desk = new OwnerDesk({ storage, rooms, clock, limits });
    const stop = pollHeads({ rooms, storage, bus, clock, log });
    const budgets = new AddressBudgets(clock, limits);

    const deps = { rooms, clock, log, limits, counters: createCounters() };
    function connect(known: Partial<Caller> = {}) {
      const socket = openGuestSocket(deps, stranger(budgets.of(name), known));
      const join = (client: string, { token = TOKEN, ...more }: { token?: string; [field: string]: unknown } = {}) =>
        socket.join(token, client.repeat(22), { name: client, ...more });
      /** Who is here, as this client was told. */
      const people = (): string[] => {
        const here = new Map<number, string>();
        for (const { join: came, leave } of socket.of('people')) {
          for (const author of leave) here.delete(author);
          for (const { author, name: called } of came) here.set(author, called);
        }
        return [...here.values()].toSorted();
      };
      return { ...socket, join, people };
    }
    return { bus: bus as Bus & LossyBus, rooms, desk, connect, stop };
  }

  const nodes = [start('one'), start('two')] as const;
  // The room is there.
  const lease = await openRoom(nodes[0].rooms, TOKEN, CREATE);
  await lease?.room.setMeta({ title: 'Plans' });
  lease?.release();
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 50) {
      clock.advance(50);
      await settle();
    }
  };
  return { clock, storage, nodes, pass };
}

describe('a room on two nodes', () => {
  it('[P1] [P4] has one order: edits of both reach everybody, each once', async () => {
    const { nodes, pass } = await scene();
    const [ann, bob] = [nodes[0].connect(), nodes[1].connect()];
    await ann.join('a');
    await bob.join('b');
    await ann.say({ t: 'op', seq: 1, rev: 0, op: ['one '] });
    // This node has not heard of the first.
    await bob.say({ t: 'op', seq: 1, rev: 0, op: ['two '] });
    await pass(50);
    const expected = [
      { t: 'ops', rev: 1, ops: [[1, 1, ['one ']]] },
      { t: 'ops', rev: 2, ops: [[2, 1, [4, 'two ']]] },
    ];
    expect(ann.of('ops')).toEqual(expected);
    expect(bob.of('ops')).toEqual(expected);
  });

  it('shows everybody to everybody, and takes away who left', async () => {
    const { nodes, pass } = await scene();
    const [ann, bob] = [nodes[0].connect(), nodes[1].connect()];
    await ann.join('a');
    await bob.join('b');
    await pass(500);
    expect([ann.people(), bob.people()]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    await bob.say({ t: 'me', name: 'Bob', color: 4 });
    await pass(500);
    expect(ann.people()).toEqual(['Bob', 'a']);
    bob.closed();
    await pass(500);
    expect(ann.people()).toEqual(['a']);
  });

  it('[T2] hears chat and comments of both, by hints or by looking at the store', async () => {
    const { nodes, pass } = await scene();
    const [ann, bob] = [nodes[0].connect(), nodes[1].connect()];
    await ann.join('a');
    await bob.join('b');
    await ann.say({ t: 'op', seq: 1, rev: 0, op: ['one two'] });
    await pass(50);
    const chat = (letter: string): object => ({ t: 'chat', id: letter.repeat(22), text: letter });
    const said = (): string[][] =>
      [ann, bob].map((one) => one.of('chat').map(({ message }) => `${message.n} ${message.text}`));
    await ann.say(chat('x'));
    await bob.say(chat('y'));
    await pass(50);
    const both = ['1 x', '2 y'];
    expect(said()).toEqual([both, both]);
    for (const { bus } of nodes) bus.cut();
    await ann.say(chat('z'));
    const act = { kind: 'open', rev: 1, from: 4, to: 7, text: 'Why?' };
    await ann.say({ t: 'comment', id: 'c'.repeat(22), thread: 't'.repeat(22), act });
    await pass(50);
    expect(said()[1]).toEqual(both);
    await pass(POLLED_MS);
    expect(said()[1]).toEqual([...both, '3 z']);
    expect(bob.of('thread')).toMatchObject([{ rev: 1, thread: { anchor: { from: 4, to: 7, text: 'two' } } }]);
  });

  it('forgets the people of a node that fell silent', async () => {
    const { nodes, pass } = await scene();
    const [ann, bob] = [nodes[0].connect(), nodes[1].connect()];
    await ann.join('a');
    await bob.join('b');
    await pass(500);
    nodes[1].bus.cut();
    await pass(21_000);
    expect(ann.people()).toEqual(['a']);
    nodes[1].bus.heal();
    await pass(6_000);
    expect(ann.people()).toEqual(['a', 'b']);
  });

  it('tells carets, moved over what was written meanwhile', async () => {
    const { nodes, pass } = await scene();
    const [ann, bob] = [nodes[0].connect(), nodes[1].connect()];
    await ann.join('a');
    await bob.join('b');
    await pass(500);
    await ann.say({ t: 'op', seq: 1, rev: 0, op: ['hello'] });
    await pass(50);
    await bob.say({ t: 'cursor', rev: 1, ranges: [[5, 5]] });
    await pass(200);
    expect(ann.of('cursor').at(-1)).toEqual({ t: 'cursor', rev: 1, author: 2, ranges: [[5, 5]] });
    expect(bob.of('cursor').filter(({ author }) => author === 2)).toEqual([]);
  });

  it('[P3] lets a client move from node to node: the older socket ends, and its edit is not doubled', async () => {
    const { nodes, pass, storage } = await scene();
    const [old, fresh, bob] = [nodes[0].connect(), nodes[1].connect(), nodes[0].connect()];
    await old.join('a');
    await bob.join('b');
    await old.say({ t: 'op', seq: 1, rev: 0, op: ['x'] });
    await pass(300);
    await fresh.join('a', { rev: 0, epoch: old.of('welcome')[0]?.epoch });
    await pass(300);
    expect(old.ending()).toBe('superseded 4409');
    expect(fresh.of('welcome')[0]?.last).toEqual({ seq: 1, rev: 1 });
    await fresh.say({ t: 'op', seq: 1, rev: 0, op: ['x'] });
    expect(fresh.of('ack')).toEqual([{ t: 'ack', seq: 1, rev: 1 }]);
    const { room = '' } = (await storage.findLink(TOKEN)) ?? {};
    expect((await storage.entries(room, 1, 9, 9)).length).toBe(1);
    expect(bob.people()).toEqual(['a', 'b']);
  });

  it('does not end the newest socket by a late word about one that came elsewhere before it', async () => {
    const { clock, storage, nodes, pass } = await scene();
    const [old, newest] = [nodes[0].connect(), nodes[0].connect()];
    await old.join('a');
    await pass(300);
    const between = clock.now();
    await pass(300);
    await newest.join('a');
    expect(old.ending()).toBe('superseded 4409');
    const { room = '' } = (await storage.findLink(TOKEN)) ?? {};
    nodes[1].bus.publish(roomChannel(room), encodeRoomMessage({ k: 'came', author: 1, at: between }));
    await pass(100);
    await newest.say({ t: 'op', seq: 1, rev: 0, op: ['x'] });
    expect(newest.of('error')).toEqual([]);
    expect(newest.of('ops')).toEqual([{ t: 'ops', rev: 1, ops: [[1, 1, ['x']]] }]);
  });

  it('shows nobody who moved to another node and left that at once', async () => {
    const { nodes, pass } = await scene();
    const [old, fresh, bob] = [nodes[0].connect(), nodes[1].connect(), nodes[0].connect()];
    await old.join('a');
    await bob.join('b');
    await pass(300);
    await fresh.join('a');
    // The other node has told that they came, and not yet who is there.
    fresh.closed();
    await pass(300);
    expect(old.ending()).toBe('superseded 4409');
    expect(bob.people()).toEqual(['b']);
  });

  it('[P4] takes in a client that knows more than this node, without a rebase', async () => {
    const { nodes } = await scene();
    const [bob, ann] = [nodes[1].connect(), nodes[0].connect()];
    await bob.join('b');
    nodes[1].bus.cut();
    await ann.join('a');
    await ann.say({ t: 'op', seq: 1, rev: 0, op: ['x'] });
    const moved = nodes[1].connect();
    await moved.join('a', { rev: 1, epoch: ann.of('welcome')[0]?.epoch });
    expect(moved.of('welcome')).toMatchObject([{ rev: 1, last: { seq: 1, rev: 1 } }]);
    expect(moved.of('welcome')[0]?.text).toBeUndefined();
    expect(bob.of('ops')).toEqual([{ t: 'ops', rev: 1, ops: [[2, 1, ['x']]] }]);
  });

  it('[P4] sends a client away that it cannot bring to where the log is, rather than back in time', async () => {
    const { nodes, storage } = await scene();
    const [bob, ann] = [nodes[1].connect(), nodes[0].connect()];
    await bob.join('b');
    nodes[1].bus.cut();
    await ann.join('a');
    await ann.say({ t: 'op', seq: 1, rev: 0, op: ['x'] });
    vi.spyOn(storage, 'entries').mockRejectedValueOnce(new StorageUnavailable('The disk failed.'));
    const first = nodes[1].connect();
    await first.join('c');
    expect(first.of('welcome')).toEqual([]);
    expect(first.ending()).toBe('internal 4500');
    const second = nodes[1].connect();
    await second.join('c');
    expect(second.of('welcome')).toMatchObject([{ rev: 1, text: 'x' }]);
  });

  it('[P4] [P5] is one room from the beginning, although nobody has written in it yet', async () => {
    const { nodes, pass } = await scene();
    const token = 'a-room-with-a-name';
    const [ann, bob] = [nodes[0].connect(), nodes[1].connect()];
    await Promise.all([ann.join('a', { token }), bob.join('b', { token })]);
    // Both nodes made it: who came second is to come back.
    expect([ann.ending(), bob.ending()]).toEqual([null, 'internal 4500']);
    expect(bob.of('welcome')).toEqual([]);
    const back = nodes[1].connect();
    await back.join('b', { token });
    await ann.say({ t: 'op', seq: 1, rev: 0, op: ['x'] });
    await pass(50);
    expect(back.of('ops')).toEqual([{ t: 'ops', rev: 1, ops: [[1, 1, ['x']]] }]);
  });

  it('tells title, language and lock', async () => {
    const { nodes, pass } = await scene();
    const bob = nodes[1].connect();
    await bob.join('b');
    const lease = await openRoom(nodes[0].rooms, TOKEN);
    if (!lease) throw new Error('there is no room');
    await lease.room.setMeta({ title: 'Other' });
    await nodes[0].desk.lock(lease.room, true);
    await pass(100);
    expect(bob.of('room')).toEqual([{ t: 'room', title: 'Other' }]);
    expect(bob.of('role')).toEqual([{ t: 'role', role: 'edit', locked: true }]);
  });

  it('has nobody remember what was taken out of the history, even if the bus does not tell', async () => {
    const { nodes, pass, storage } = await scene();
    const [ann, bob] = [nodes[0].connect(), nodes[1].connect()];
    await ann.join('a');
    await bob.join('b');
    const lease = await openRoom(nodes[1].rooms, TOKEN);
    if (!lease) throw new Error('there is no room');
    const nothing = { rev: 0, entries: [], bytes: null, snapshots: [], anchors: [], chat: [], comments: [] };
    const notes = { chat: 0, threads: 0, anchorRevs: 0 };
    expect(await storage.redact(lease.room.id, { redactions: 0, notes, ...nothing })).toBe('redacted');
    await nodes[1].rooms.recheck(lease.room);
    expect([bob.ending(), lease.room.closed]).toEqual(['draining 4503', true]);
    expect(ann.ending()).toBeNull();
    await pass(61_000);
    expect(ann.ending()).toBe('draining 4503');
  });

  it('does not take back a lock of its own for what it had read before', async () => {
    const { nodes, storage } = await scene();
    const bob = nodes[1].connect();
    await bob.join('b');
    const lease = await openRoom(nodes[1].rooms, TOKEN);
    if (!lease) throw new Error('there is no room');
    const old = await storage.loadMeta(lease.room.id);
    let answer: (meta: typeof old) => void = () => undefined;
    vi.spyOn(storage, 'loadMeta').mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    const rechecked = nodes[1].rooms.recheck(lease.room);
    await settle();
    const locked = nodes[1].desk.lock(lease.room, true);
    await settle();
    answer(old);
    await Promise.all([rechecked, locked]);
    expect(lease.room.meta.locked).toBe(true);
    expect(bob.of('role')).toEqual([{ t: 'role', role: 'edit', locked: true }]);
  });

  it('[P10] ends sockets of a revoked link and of removed people on every node', async () => {
    const { nodes, pass } = await scene();
    const cookie = 'm'.repeat(22);
    const [here, there] = [nodes[0].connect({ cookie }), nodes[1].connect({ cookie })];
    const bob = nodes[1].connect();
    await here.join('m', { person: 'm' });
    await there.join('n', { person: 'm' });
    await bob.join('b', { person: 'b' });
    const lease = await openRoom(nodes[0].rooms, TOKEN);
    if (!lease) throw new Error('there is no room');
    await nodes[0].desk.remove(lease.room, 1);
    await pass(100);
    expect([here.ending(), there.ending(), bob.ending()]).toEqual(['removed 4403', 'removed 4403', null]);
    const [link] = await nodes[0].desk.links(lease.room);
    await nodes[0].desk.revoke(lease.room, link?.id ?? 0);
    await pass(100);
    expect(bob.ending()).toBe('revoked 4403');
  });

  it('has a room loaded anew on the other node too, when somebody who keeps the server wants it', async () => {
    const { nodes, pass } = await scene();
    const bob = nodes[1].connect();
    await bob.join('b');
    const lease = await openRoom(nodes[1].rooms, TOKEN);
    if (!lease) throw new Error('there is no room');
    lease.release();
    expect(await nodes[0].rooms.reload(lease.room.id)).toBe(true);
    await pass(100);
    expect(bob.ending()).toBe('draining 4503');
    expect(lease.room.closed).toBe(true);
  });

  it('[P10] ends everybody when the room is deleted elsewhere', async () => {
    const { nodes, pass } = await scene();
    const bob = nodes[1].connect();
    await bob.join('b');
    const lease = await openRoom(nodes[0].rooms, TOKEN);
    if (!lease) throw new Error('there is no room');
    await nodes[0].desk.delete(lease.room);
    await pass(100);
    expect(bob.ending()).toBe('deleted 4404');
    expect(nodes[1].rooms.size).toBe(0);
  });
});

describe('without the bus', () => {
  it('[P4] everything but carets and people reaches the others by the store', async () => {
    const { nodes, pass } = await scene();
    const [ann, bob] = [nodes[0].connect(), nodes[1].connect()];
    await ann.join('a');
    await bob.join('b');
    for (const { bus } of nodes) bus.cut();
    await ann.say({ t: 'op', seq: 1, rev: 0, op: ['x'] });
    await ann.say({ t: 'room', title: 'Other' });
    expect(bob.of('ops')).toEqual([]);
    await pass(POLLED_MS);
    expect(bob.of('ops')).toEqual([{ t: 'ops', rev: 1, ops: [[1, 1, ['x']]] }]);
    expect(bob.of('room')).toEqual([{ t: 'room', title: 'Other' }]);
    const lease = await openRoom(nodes[0].rooms, TOKEN);
    if (!lease) throw new Error('there is no room');
    const [link] = await nodes[0].desk.links(lease.room);
    await nodes[0].desk.revoke(lease.room, link?.id ?? 0);
    await pass(POLLED_MS);
    expect(bob.ending()).toBe('revoked 4403');
  });

  it('[P1] [P3] [P4] two nodes that race on every revision, on a bus that loses a third, end with one text', async () => {
    const { nodes, pass, storage } = await scene({ lose: 0.34 });
    const [ann, bob] = [nodes[0].connect(), nodes[1].connect()];
    await ann.join('a');
    await bob.join('b');
    for (let seq = 1; seq <= 40; seq++) {
      await Promise.all([
        ann.say({ t: 'op', seq, rev: 0, op: [`a${seq} `] }),
        bob.say({ t: 'op', seq, rev: 0, op: [`b${seq} `] }),
      ]);
    }
    await pass(2 * POLLED_MS);
    const { room = '' } = (await storage.findLink(TOKEN)) ?? {};
    const entries = await storage.entries(room, 1, 1_000, 1_000);
    const written = entries.map(({ author, seq }) => `${author}:${seq}`);
    expect(new Set(written).size).toBe(80);
    expect(written.length).toBe(80);
    const seenBy = (one: typeof ann): string[] =>
      one.of('ops').flatMap(({ ops }) => ops.map(([author, seq]) => `${author}:${seq}`));
    expect(seenBy(ann)).toEqual(written);
    expect(seenBy(bob)).toEqual(written);
  });
});

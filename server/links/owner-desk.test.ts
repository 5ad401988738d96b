import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../lib/testing/index.ts';
import { AddressBudgets } from '../address-budgets.ts';
import type { Caller } from '../caller.ts';
import { createCounters } from '../counters.ts';
import { DEFAULT_SERVER_LIMITS } from '../limits.ts';
import { createLog } from '../log.ts';
import type { Room } from '../room/room.ts';
import { Rooms } from '../rooms.ts';
import { createMemoryStorage, type MemoryHooks } from '../storage/memory.ts';
import { openRoom, stranger } from '../testing/callers.ts';
import { openGuestSocket, settle, type GuestSocket } from '../testing/guest-socket.ts';
import { OwnerDesk, type LinkFacts } from './owner-desk.ts';

const ANN = 'a'.repeat(22);
const BOB = 'b'.repeat(22);
/** Hashes take their time on a busy machine. */
const PATIENCE = { timeout: 20_000 };

/** A room with its three links, and sockets that come in by them. */
async function scene(hooks: MemoryHooks = {}) {
  const clock = new ManualClock();
  const limits = DEFAULT_SERVER_LIMITS;
  const budgets = new AddressBudgets(clock, limits);
  const log = createLog('silent');
  const storage = createMemoryStorage(hooks);
  const rooms = new Rooms({ storage, clock, log, limits });
  const desk = new OwnerDesk({ storage, rooms, clock, limits });
  const payer = budgets.of('owner').passwords;
  const { lease, links } = await rooms.create({ title: 'Plans' }, { caller: stranger(budgets.of('owner')) });
  const { room } = lease;

  const deps = { rooms, clock, log, limits, counters: createCounters() };
  const connect = (known: Partial<Caller> = {}): GuestSocket =>
    openGuestSocket(deps, stranger(budgets.of('somebody'), known));

  const facts = async (role: string): Promise<LinkFacts> => {
    const found = (await desk.links(room)).find((link) => link.role === role);
    if (!found) throw new Error(`There is no ${role} link.`);
    return found;
  };
  return { clock, storage, rooms, desk, room, links, lease, connect, facts, payer };
}

const code = (code: string): unknown => expect.objectContaining({ code });

describe('[P10] a revoked link', () => {
  it('ends those who are in by it at once, lets nobody in, and touches no other link', async () => {
    const { desk, room, links, connect, facts } = await scene();
    const [ann, reader] = [connect(), connect()];
    await ann.join(links.edit, ANN);
    await reader.join(links.view, BOB);
    await desk.revoke(room, (await facts('edit')).id);
    expect([ann.ending(), reader.ending()]).toEqual(['revoked 4403', null]);
    const again = connect();
    await again.join(links.edit, ANN);
    expect(again.ending()).toBe('revoked 4403');
    expect(again.of('welcome')).toEqual([]);
  });

  it('lets nobody slip in who was on the way while it was revoked', async () => {
    let hold: (() => void) | null = null;
    const { desk, room, links, connect, facts } = await scene({
      // The author is made durable between the look at the link and the welcome.
      beforeWrite: (what) => (what === 'openAuthor' ? new Promise((resolve) => (hold = resolve)) : Promise.resolve()),
    });
    const ann = connect();
    const joining = ann.join(links.edit, ANN);
    await settle();
    await desk.revoke(room, (await facts('edit')).id);
    (hold as (() => void) | null)?.();
    await joining;
    expect(ann.ending()).toBe('revoked 4403');
    expect(ann.of('welcome')).toEqual([]);
  });

  it('is looked at again by who looked at it just before', async () => {
    const { desk, room, links, rooms, facts } = await scene();
    const lease = await openRoom(rooms, links.edit);
    await desk.revoke(room, (await facts('edit')).id);
    const ended: string[] = [];
    lease?.hold({
      link: lease.link,
      person: { author: 1, person: '', name: '', color: 1, role: 'edit', kind: 'ot' },
      guests: [],
      traits: [],
      lockChanged: () => undefined,
      end: (fault) => void ended.push(fault.code),
    });
    await settle();
    expect(ended).toEqual(['revoked']);
  });

  it('stays revoked, and cannot be changed', async () => {
    const { desk, room, facts, payer } = await scene();
    const { id } = await facts('edit');
    await desk.revoke(room, id);
    await desk.revoke(room, id);
    await expect(desk.rotate(room, id)).rejects.toEqual(code('revoked'));
    await expect(desk.change(room, id, { name: 'x' }, payer)).rejects.toEqual(code('revoked'));
  });

  it('is never the owner’s: nobody could change the room any more', async () => {
    const { desk, room, facts, clock, payer } = await scene();
    const { id } = await facts('owner');
    await expect(desk.revoke(room, id)).rejects.toEqual(code('last-owner-link'));
    await expect(desk.change(room, id, { expiresAt: clock.now() + 1 }, payer)).rejects.toEqual(code('last-owner-link'));
  });
});

describe('[P10] a rotated link', () => {
  it('opens at its new address alone, and keeps number, name and uses', async () => {
    const { desk, room, links, connect, facts, payer } = await scene();
    const ann = connect();
    await ann.join(links.edit, ANN);
    const before = await desk.change(room, (await facts('edit')).id, { name: 'Team' }, payer);
    const after = await desk.rotate(room, before.id);
    expect(after).toMatchObject({ id: before.id, name: 'Team', uses: 1 });
    expect(ann.ending()).toBe('revoked 4403');
    const [old, fresh] = [connect(), connect()];
    await old.join(links.edit, ANN);
    await fresh.join(after.token, ANN);
    expect(old.ending()).toBe('revoked 4403');
    expect(fresh.of('welcome')).toMatchObject([{ role: 'edit', you: 1 }]);
  });
});

describe('[P10] expiry', () => {
  it('ends people in the moment, and lets nobody in afterwards', async () => {
    const { desk, room, clock, connect, payer } = await scene();
    const { token } = await desk.make(room, 'edit', { expiresAt: clock.now() + 60_000 }, payer);
    const ann = connect();
    await ann.join(token, ANN);
    clock.advance(59_999);
    expect(ann.ending()).toBeNull();
    clock.advance(1);
    expect(ann.ending()).toBe('expired 4403');
    const late = connect();
    await late.join(token, BOB);
    expect(late.ending()).toBe('expired 4403');
  });
});

describe('[P10] a password', () => {
  it('is asked of everybody who comes, and of those who are in when it is set', async () => {
    const { desk, room, links, connect, facts, payer } = await scene();
    const ann = connect();
    await ann.join(links.edit, ANN);
    const link = await desk.change(room, (await facts('edit')).id, { password: 'sesame' }, payer);
    expect(link.password).toBe(true);
    expect(JSON.stringify(link)).not.toContain('sesame');
    expect(ann.ending()).toBe('password-wanted 4401');
    const [none, wrong, right] = [connect(), connect(), connect()];
    await none.join(links.edit, ANN);
    await wrong.join(links.edit, ANN, { password: 'open' });
    await expect.poll(wrong.ending, PATIENCE).toBe('password-wrong 4401');
    await right.join(links.edit, ANN, { password: 'sesame' });
    await expect.poll(() => right.of('welcome').length, PATIENCE).toBe(1);
    expect(none.ending()).toBe('password-wanted 4401');
    expect([...none.of('welcome'), ...wrong.of('welcome')]).toEqual([]);
  });

  it('that is taken away is asked no more, and nobody has to leave for it', async () => {
    const { desk, room, connect, payer } = await scene();
    const link = await desk.make(room, 'view', { password: 'sesame' }, payer);
    const inside = connect();
    await inside.join(link.token, ANN, { password: 'sesame' });
    await expect.poll(() => inside.of('welcome').length, PATIENCE).toBe(1);
    await desk.change(room, link.id, { password: null }, payer);
    const next = connect();
    await next.join(link.token, BOB);
    expect([inside.ending(), next.ending()]).toEqual([null, null]);
  });
});

describe('[P10] a person who is removed', () => {
  it('is out at once with all tabs, and cannot come back with the same browser by any link', async () => {
    const { desk, room, links, connect } = await scene();
    const cookie = 'm'.repeat(22);
    const [tab, reading] = [connect({ cookie }), connect({ cookie })];
    await tab.join(links.edit, ANN, { person: 'mallory' });
    await reading.join(links.view, BOB, { person: 'mallory' });
    await desk.remove(room, 1);
    expect([tab.ending(), reading.ending()]).toEqual(['removed 4403', 'removed 4403']);
    for (const known of [{ cookie }, {}]) {
      const again = connect(known);
      await again.join(links.edit, 'c'.repeat(22), { person: 'mallory' });
      expect(again.ending()).toBe('removed 4403');
    }
  });

  it('takes nobody along: neither others, nor whom they posed as', async () => {
    const { desk, room, links, connect } = await scene();
    const mallory = connect({ cookie: 'm'.repeat(22) });
    const ann = connect({ cookie: 'n'.repeat(22) });
    await mallory.join(links.edit, BOB, { person: 'ann' });
    await ann.join(links.edit, ANN, { person: 'ann' });
    await desk.remove(room, 1);
    expect([mallory.ending(), ann.ending()]).toEqual(['removed 4403', null]);
    const later = connect({ cookie: 'n'.repeat(22) });
    await later.join(links.edit, 'c'.repeat(22), { person: 'ann' });
    expect(later.ending()).toBeNull();
  });

  it('who signed in is known by that, whatever browser they come with', async () => {
    const { desk, room, links, connect } = await scene();
    const user = { user: 'mallory@example.org', name: 'Mallory' };
    const first = connect({ user, cookie: 'm'.repeat(22) });
    await first.join(links.edit, ANN);
    await desk.remove(room, 1);
    const second = connect({ user, cookie: 'o'.repeat(22) });
    await second.join(links.edit, BOB);
    expect(second.ending()).toBe('removed 4403');
  });

  it('has to be here, and is never the owner', async () => {
    const { desk, room, links, connect } = await scene();
    await expect(desk.remove(room, 7)).rejects.toEqual(code('no-such-person'));
    const owner = connect();
    await owner.join(links.owner, ANN);
    await expect(desk.remove(room, 1)).rejects.toEqual(code('owner-stays'));
    expect(owner.ending()).toBeNull();
  });
});

describe('the lock', () => {
  it('[P5] puts off edits of everybody, the owner too, and takes the same edit when the room opens', async () => {
    const { desk, room, links, connect } = await scene();
    const [ann, owner] = [connect(), connect()];
    await ann.join(links.edit, ANN);
    await owner.join(links.owner, BOB);
    await desk.lock(room, true);
    for (const one of [ann, owner]) {
      await one.say({ t: 'op', seq: 1, rev: 0, op: ['x'] });
      await one.say({ t: 'room', title: 'Other' });
      expect(one.of('role')).toMatchObject([{ locked: true }]);
      expect(one.of('error')).toMatchObject([{ code: 'locked', seq: 1, retryMs: 1_000 }, { code: 'locked' }]);
      expect(one.ending()).toBeNull();
    }
    expect([room.text(), room.meta.title]).toEqual(['', 'Plans']);
    await desk.lock(room, false);
    await ann.say({ t: 'op', seq: 1, rev: 0, op: ['x'] });
    expect(ann.of('role').at(-1)).toEqual({ t: 'role', role: 'edit', locked: false });
    expect(room.text()).toBe('x');
  });

  it('is told to who comes in, and outlives the room’s stay in memory', async () => {
    const { desk, room, links, connect, rooms, lease, clock } = await scene();
    await desk.lock(room, true);
    lease.release();
    clock.advance(2 * DEFAULT_SERVER_LIMITS.roomIdleMs);
    rooms.tick();
    expect(rooms.size).toBe(0);
    const ann = connect();
    await ann.join(links.edit, ANN);
    expect(ann.of('welcome')).toMatchObject([{ locked: true, role: 'edit' }]);
  });
});

describe('a deleted room', () => {
  it('ends everybody, and its links open nothing', async () => {
    const { desk, room, links, connect, storage, rooms } = await scene();
    const ann = connect();
    await ann.join(links.edit, ANN);
    await ann.say({ t: 'op', seq: 1, rev: 0, op: ['secret'] });
    await desk.delete(room);
    expect(ann.ending()).toBe('deleted 4404');
    expect(await storage.loadRoom(room.id)).toBeNull();
    for (const token of [links.owner, links.edit, links.view]) expect(await openRoom(rooms, token)).toBeNull();
    expect(rooms.size).toBe(0);
  });

  it('stays, and goes on, if the storage cannot delete it', async () => {
    let broken = false;
    const { desk, room, links, rooms } = await scene({
      beforeWrite: (what) =>
        broken && what === 'deleteRoom' ? Promise.reject(new Error('no disk')) : Promise.resolve(),
    });
    broken = true;
    await expect(desk.delete(room)).rejects.toThrow('no disk');
    const again = await openRoom(rooms, links.edit);
    expect(again?.room.meta.title).toBe('Plans');
    expect(again?.room).not.toBe(room);
  });

  it('takes no edit that came while it was being deleted', async () => {
    let go: (() => void) | null = null;
    const { desk, room, links, connect, storage } = await scene({
      beforeWrite: (what) => (what === 'deleteRoom' ? new Promise((resolve) => (go = resolve)) : Promise.resolve()),
    });
    const ann = connect();
    await ann.join(links.edit, ANN);
    const deleting = desk.delete(room);
    await settle();
    await ann.say({ t: 'op', seq: 1, rev: 0, op: ['late'] });
    const late = connect();
    await late.join(links.edit, BOB);
    (go as (() => void) | null)?.();
    await deleting;
    expect(ann.ending()).toBe('internal 4500');
    expect(late.ending()).toBe('internal 4500');
    expect(await storage.loadRoom(room.id)).toBeNull();
  });
});

describe('the owner’s list', () => {
  it('has every link with who came by it and who is in now', async () => {
    const { desk, room, links, connect, payer, clock } = await scene();
    await desk.make(room, 'view', { name: 'Readers', expiresAt: clock.now() + 1_000, password: 'sesame' }, payer);
    const ann = connect();
    await ann.join(links.edit, ANN, { name: 'Ann', color: 4 });
    const gone = connect({ cookie: 'g'.repeat(22) });
    await gone.join(links.edit, BOB);
    await desk.remove(room, 2);
    expect(await desk.links(room)).toMatchObject([
      { id: 1, role: 'edit', uses: 2, token: links.edit, here: [{ author: 1, name: 'Ann', color: 4 }] },
      { id: 2, role: 'owner', uses: 0, token: links.owner, here: [] },
      { id: 3, role: 'view', uses: 0, token: links.view, here: [] },
      { id: 4, role: 'view', name: 'Readers', password: true, expiresAt: clock.now() + 1_000, revokedAt: null },
    ]);
  });

  it('[P9] ends somewhere', async () => {
    const { storage, rooms, clock, room, payer } = await scene();
    const desk = new OwnerDesk({ storage, rooms, clock, limits: { linksPerRoom: 4 } });
    await desk.make(room, 'edit', {}, payer);
    await expect(desk.make(room, 'edit', {}, payer)).rejects.toEqual(code('too-many-links'));
  });
});

it('[P11] makes no room for who has not signed in, where only those may', async () => {
  const clock = new ManualClock();
  const limits = DEFAULT_SERVER_LIMITS;
  const storage = createMemoryStorage();
  const rooms = new Rooms({ storage, clock, log: createLog('silent'), limits, roomCreation: 'signed-in' });
  await expect(openRoom(rooms, 'standup-notes')).rejects.toEqual(code('sign-in-wanted'));
  await expect(openRoom(rooms, ANN, { owner: BOB, view: 'v'.repeat(22) })).rejects.toEqual(code('sign-in-wanted'));
  await expect(rooms.create({}, { caller: stranger() })).rejects.toEqual(code('sign-in-wanted'));
  const user = { user: 'ann@example.org', name: 'Ann' };
  const made: { room: Room } = (await rooms.create({}, { caller: stranger(undefined, { user }) })).lease;
  expect(made.room.exists).toBe(true);
});

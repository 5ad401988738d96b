import { describe, expect, it } from 'vitest';
import { apply, fnv1a, insertion, type Op } from '../../lib/ot/index.ts';
import { ManualClock } from '../../lib/testing/index.ts';
import { decodeServerMessage, type Person, type ProtocolFault, type ServerMessage } from '../../lib/protocol/index.ts';
import { DEFAULT_SERVER_LIMITS } from '../limits.ts';
import { createLog } from '../log.ts';
import { createMemoryStorage, type MemoryHooks } from '../storage/memory.ts';
import { StorageUnavailable, type NewRoom, type Storage } from '../storage/storage.ts';
import type { EntriesFrame } from './frame.ts';
import type { Member } from './member.ts';
import type { Outcome } from './plan.ts';
import { Room, type RoomDeps } from './room.ts';

const BIRTH: NewRoom = {
  id: 'room',
  epoch: 'epoch',
  shard: '0badcafe',
  title: '',
  language: 'Markdown',
  createdAt: 0,
  links: [{ token: 'edit', role: 'edit' }],
  authors: [],
};

/** A member that writes down all it is told. */
class Listener implements Member {
  readonly heard: ServerMessage[] = [];
  fault: ProtocolFault | null = null;
  readonly person: Person;
  rev = 0;
  /** Reads nothing: entries are withheld. */
  slow = false;

  constructor(author: number) {
    this.person = { author, person: '', name: `author ${author}`, color: 1, role: 'edit', kind: 'ot' };
  }

  send(frame: Buffer): void {
    const message = decodeServerMessage(frame.toString());
    if (message) this.heard.push(message);
  }

  sendLossy(frame: Buffer): void {
    this.send(frame);
  }

  welcome(frame: Buffer, rev: number): void {
    this.rev = rev;
    this.send(frame);
  }

  sendEntries(frame: EntriesFrame, first: number, last: number): void {
    if (this.slow || first !== this.rev + 1) return;
    this.rev = last;
    this.send(frame.text);
  }

  roomForMore(): Promise<void> {
    return Promise.resolve();
  }

  end(fault: ProtocolFault): void {
    this.fault = fault;
  }

  /** Every entry heard, as [rev, author, seq]. */
  entries(): number[][] {
    return this.heard.flatMap((message) =>
      message.t === 'ops' ? message.ops.map(([author, seq], i) => [message.rev + i, author, seq]) : [],
    );
  }

  text(from = ''): string {
    const ops = this.heard.flatMap((message) => (message.t === 'ops' ? message.ops.map(([, , op]) => op) : []));
    return ops.reduce<string>((text, op) => apply(text, op), from);
  }

  of<T extends ServerMessage['t']>(t: T): (ServerMessage & { t: T })[] {
    return this.heard.filter((message): message is ServerMessage & { t: T } => message.t === t);
  }
}

function scene(hooks: MemoryHooks = {}, limits: Partial<RoomDeps['limits']> = {}) {
  const clock = new ManualClock();
  const storage = createMemoryStorage(hooks);
  const deps: RoomDeps = { storage, clock, log: createLog('silent'), limits: { ...DEFAULT_SERVER_LIMITS, ...limits } };
  const room = Room.fresh(deps, BIRTH);
  return { clock, storage, deps, room };
}

async function enter(
  room: Room,
  client: string,
  from: { rev: number; epoch: string } | null = null,
): Promise<Listener> {
  const author = await room.author({ client, person: '', name: client, color: 1, kind: 'ot', link: 0 });
  const member = new Listener(author);
  await room.join({ member, session: `session of ${client}`, from });
  return member;
}

function write(room: Room, author: number, seq: number, rev: number, op: Op): Promise<Outcome> {
  return new Promise((done) => room.submit({ kind: 'op', author, seq, rev, op, done }));
}

async function reload(deps: RoomDeps, storage: Storage): Promise<Room> {
  const stored = await storage.loadRoom('room');
  if (!stored) throw new Error('the room is not in the storage');
  return Room.load(deps, stored);
}

/** A promise and the way to keep it. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Lets everything that waits for nothing but promises happen. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('a room', () => {
  it('[P7] is made once when its first edit and its title come at the same time', async () => {
    const { room, storage } = scene();
    const ann = await enter(room, 'ann');
    const [outcome] = await Promise.all([write(room, 1, 1, 0, ['hi']), room.setMeta({ title: 'Notes' })]);
    expect([outcome.kind, room.closed, ann.fault]).toEqual(['logged', false, null]);
    expect(await storage.loadRoom('room')).toMatchObject({ title: 'Notes', entries: [{ rev: 1, seq: 1 }] });
  });

  it('[P1] sends every member every revision once, in order, in one frame for a batch', async () => {
    const { room } = scene();
    const ann = await enter(room, 'ann');
    const bob = await enter(room, 'bob');
    await Promise.all([write(room, 1, 1, 0, ['a']), write(room, 2, 1, 0, ['b'])]);
    await write(room, 1, 2, 2, [2, 'c']);
    for (const member of [ann, bob]) {
      expect(member.entries()).toEqual([
        [1, 1, 1],
        [2, 2, 1],
        [3, 1, 2],
      ]);
      expect(member.text()).toBe('abc');
      expect(member.of('ops')).toHaveLength(2);
    }
    expect(room.text()).toBe('abc');
  });

  it('[P2] shows nothing before the append is durable', async () => {
    const disk = gate();
    const { room } = scene({ beforeWrite: (what) => (what === 'append' ? disk.opened : Promise.resolve()) });
    const ann = await enter(room, 'ann');
    const written = write(room, 1, 1, 0, ['a']);
    await settle();
    expect(ann.of('ops')).toEqual([]);
    expect(room.text()).toBe('');
    disk.open();
    expect(await written).toEqual({ kind: 'logged', seq: 1, rev: 1 });
    expect(ann.text()).toBe('a');
  });

  it('gathers what arrives during an append into the next batch', async () => {
    const appended: number[] = [];
    const first = gate();
    const { room, storage } = scene({ beforeWrite: (what) => (what === 'append' ? first.opened : Promise.resolve()) });
    const { append } = storage;
    storage.append = (id, batch) => {
      appended.push(batch.entries.length);
      return append(id, batch);
    };
    await enter(room, 'ann');
    const writes = [write(room, 1, 1, 0, ['a'])];
    await settle();
    for (let author = 2; author <= 5; author++) {
      await enter(room, `client ${author}`).catch(() => undefined);
      writes.push(write(room, author, 1, 0, ['x']));
    }
    first.open();
    await Promise.all(writes);
    expect(appended).toEqual([1, 4]);
  });

  it('[P2] tells its members that the store cannot write, keeps the edits, and goes on when it can', async () => {
    let broken = true;
    const { room, clock } = scene({
      beforeWrite: (what) =>
        broken && what === 'append' ? Promise.reject(new StorageUnavailable('disk full')) : Promise.resolve(),
    });
    const ann = await enter(room, 'ann');
    const written = write(room, 1, 1, 0, ['kept']);
    await settle();
    expect(ann.of('store')).toMatchObject([{ ok: false }]);
    expect(ann.of('ops')).toEqual([]);
    const late = await enter(room, 'late');
    expect(late.of('store')).toMatchObject([{ ok: false }]);
    broken = false;
    clock.advance(10_000);
    expect(await written).toMatchObject({ kind: 'logged', rev: 1 });
    expect(ann.of('store')).toMatchObject([{ ok: false }, { ok: true }]);
    expect(ann.text()).toBe('kept');
  });

  it('[P3] takes an append whose answer was lost for what it is: done', async () => {
    const { room, storage, clock } = scene();
    const ann = await enter(room, 'ann');
    const { append } = storage;
    let lose = true;
    storage.append = async (id, batch) => {
      const result = await append(id, batch);
      if (!lose) return result;
      lose = false;
      throw new StorageUnavailable('the answer was lost');
    };
    const written = write(room, 1, 1, 0, ['once']);
    await settle();
    clock.advance(10_000);
    expect(await written).toMatchObject({ kind: 'settled', seq: 1, rev: 1 });
    expect(ann.entries()).toEqual([[1, 1, 1]]);
    expect(room.text()).toBe('once');
  });

  it('[P3] writes an edit that it numbers itself once, though the answer of its append was lost', async () => {
    const { room, storage, clock } = scene();
    await enter(room, 'ann');
    await write(room, 1, 1, 0, ['a']);
    const author = await room.author({ client: 'api:x', person: '', name: 'x', color: 1, kind: 'api', link: 0 });
    const { append, authors } = storage;
    let tries = 0;
    storage.append = async (id, batch) => {
      const result = await append(id, batch);
      if (++tries === 1) throw new StorageUnavailable('the line broke');
      return result;
    };
    // Even if reading what the log has fails half way.
    let reads = 0;
    storage.authors = (id) => (++reads === 1 ? Promise.reject(new StorageUnavailable('again')) : authors(id));
    const written = new Promise<Outcome>((done) =>
      room.submit({ kind: 'op', author, seq: 'next', rev: 1, op: [1, 'b'], done }),
    );
    await settle();
    clock.advance(100);
    await settle();
    clock.advance(10_000);
    expect(await written).toMatchObject({ seq: 1, rev: 2 });
    expect(room.text()).toBe('ab');
    expect(reads).toBe(1);
    expect(await storage.entries('room', 1, 9, 9)).toHaveLength(2);
  });

  it('[P3] writes it once also if its author comes again while the answer is missing', async () => {
    const { room, storage, clock } = scene();
    await enter(room, 'ann');
    await write(room, 1, 1, 0, ['a']);
    const caller = { client: 'api:x', person: '', name: 'x', color: 1, kind: 'api', link: 0 } as const;
    const author = await room.author(caller);
    const { append } = storage;
    let tries = 0;
    storage.append = async (id, batch) => {
      const result = await append(id, batch);
      if (++tries === 1) throw new StorageUnavailable('the line broke');
      return result;
    };
    const edit = (): Promise<Outcome> =>
      new Promise<Outcome>((done) => room.submit({ kind: 'op', author, seq: 'next', rev: 1, op: [1, 'b'], done }));
    const written = edit();
    await settle();
    await room.author(caller);
    const another = edit();
    clock.advance(10_000);
    expect(await written).toMatchObject({ rev: 2 });
    expect(await another).toEqual({ kind: 'logged', seq: 2, rev: 3 });
    expect(room.text()).toBe('abb');
  });

  it('[P3] numbers such an edit anew if somebody else took the number and the revision', async () => {
    const { room, storage } = scene();
    await enter(room, 'ann');
    await write(room, 1, 1, 0, ['a']);
    const author = await room.author({ client: 'api:x', person: '', name: 'x', color: 1, kind: 'api', link: 0 });
    const { append } = storage;
    let tries = 0;
    storage.append = async (id, batch) => {
      const other = { rev: 2, author, seq: 1, at: 5, op: ['other'] };
      if (++tries === 1) await append(id, { entries: [other], settled: [] });
      return append(id, batch);
    };
    const outcome = await new Promise<Outcome>((done) =>
      room.submit({ kind: 'op', author, seq: 'next', rev: 1, op: [1, 'b'], done }),
    );
    expect(outcome).toEqual({ kind: 'logged', seq: 2, rev: 3 });
    expect(room.text()).toBe('otherab');
  });

  it('[P1] orders itself behind what another process appended', async () => {
    const { room, storage, deps } = scene();
    const ann = await enter(room, 'ann');
    await write(room, 1, 1, 0, ['base']);
    const other = await reload(deps, storage);
    const bob = await enter(other, 'bob');
    await write(other, bob.person.author, 1, 1, ['their ']);
    expect(await write(room, 1, 2, 1, [4, '!'])).toMatchObject({ kind: 'logged', rev: 3 });
    expect(ann.text()).toBe('their base!');
    expect(ann.entries().map(([rev]) => rev)).toEqual([1, 2, 3]);
  });

  it('loads to the text and revision that it had, from snapshot and tail', async () => {
    const { room, storage, deps } = scene({}, { snapshotRevisions: 10 });
    await enter(room, 'ann');
    for (let seq = 1; seq <= 25; seq++) await write(room, 1, seq, seq - 1, insertion(seq - 1, 'x'));
    await room.close();
    const stored = await storage.loadRoom('room');
    expect(stored?.snapshot?.rev).toBe(25);
    const again = await reload(deps, storage);
    expect([again.rev, again.text()]).toEqual([25, 'x'.repeat(25)]);
  });

  it('is created by its first edit, together with the authors that were there before', async () => {
    const { room, storage } = scene();
    await enter(room, 'reader');
    await enter(room, 'writer');
    expect(await storage.findLink('edit')).toBeNull();
    await write(room, 2, 1, 0, ['a']);
    expect(await storage.findLink('edit')).toMatchObject({ room: 'room', role: 'edit' });
    expect((await storage.authors('room')).map((one) => [one.author, one.client])).toEqual([
      [1, 'reader'],
      [2, 'writer'],
    ]);
  });
});

describe('joining a room', () => {
  it('knows in the storage also those who joined while it was being created', async () => {
    const creating = gate();
    const { room, storage } = scene({
      beforeWrite: (what) => (what === 'createRoom' ? creating.opened : Promise.resolve()),
    });
    await enter(room, 'ann');
    const first = write(room, 1, 1, 0, ['a']);
    await settle();
    await enter(room, 'bob');
    creating.open();
    expect(await first).toMatchObject({ kind: 'logged' });
    expect(await write(room, 2, 1, 1, [1, 'b'])).toMatchObject({ kind: 'logged' });
    expect((await storage.authors('room')).map(({ author, client }) => [author, client])).toEqual([
      [1, 'ann'],
      [2, 'bob'],
    ]);
  });

  it('resumes by revision, and says what is settled', async () => {
    const { room } = scene();
    const ann = await enter(room, 'ann');
    await write(room, 1, 1, 0, ['a']);
    await write(room, 1, 2, 1, [1, 'b']);
    room.leave(ann);
    const again = await enter(room, 'ann', { rev: 1, epoch: 'epoch' });
    expect(again.of('welcome')).toMatchObject([{ rev: 2, you: 1, last: { seq: 2, rev: 2 } }]);
    expect(again.of('welcome')[0]).not.toHaveProperty('text');
    expect(again.entries()).toEqual([[2, 1, 2]]);
  });

  it('gives the whole text to who has none, another epoch, or a revision that is not there', async () => {
    const { room } = scene();
    await enter(room, 'ann');
    await write(room, 1, 1, 0, ['text']);
    for (const from of [null, { rev: 1, epoch: 'other' }, { rev: 9, epoch: 'epoch' }]) {
      const member = await enter(room, `client ${JSON.stringify(from)}`, from);
      expect(member.of('welcome')).toMatchObject([{ rev: 1, text: 'text', last: null }]);
      expect(member.of('ops')).toEqual([]);
    }
  });

  it('[P9] catches up in pages when more is missed than memory keeps, and misses nothing meanwhile', async () => {
    const { room } = scene({}, { recentEntries: 10 });
    await enter(room, 'ann');
    for (let seq = 1; seq <= 2_500; seq++) await write(room, 1, seq, seq - 1, insertion(seq - 1, 'x'));
    const joining = enter(room, 'bob', { rev: 3, epoch: 'epoch' });
    await write(room, 1, 2_501, 2_500, insertion(2_500, 'y'));
    const bob = await joining;
    expect(bob.entries().map(([rev]) => rev)).toEqual(Array.from({ length: 2_498 }, (_, i) => i + 4));
    expect(bob.text('xxx')).toBe(room.text());
  });

  it('[P4] sends a revision that comes just when the catch-up ends', async () => {
    const { room, storage } = scene({}, { recentEntries: 1 });
    await enter(room, 'ann');
    for (let seq = 1; seq <= 5; seq++) await write(room, 1, seq, seq - 1, ['x']);
    const answers: (() => void)[] = [];
    const held =
      <A extends unknown[], T>(ask: (...what: A) => Promise<T>) =>
      (...what: A): Promise<T> =>
        new Promise((resolve) => void ask(...what).then((answer) => answers.push(() => resolve(answer))));
    storage.entries = held(storage.entries);
    storage.append = held(storage.append);
    const joining = enter(room, 'bob', { rev: 1, epoch: 'epoch' });
    await settle();
    const written = write(room, 1, 6, 5, ['y']);
    await settle();
    // Both answers come in one message of the storage's, the read's first.
    for (const answer of answers) answer();
    const bob = await joining;
    await written;
    expect(bob.entries().map(([rev]) => rev)).toEqual([2, 3, 4, 5, 6]);
  });

  it('ends the older socket of the same client, and tells nobody that anyone left', async () => {
    const { room, clock } = scene();
    const bob = await enter(room, 'bob');
    const old = await enter(room, 'ann');
    await write(room, 2, 1, 0, ['a']);
    clock.advance(1_000);
    const young = await enter(room, 'ann', { rev: 1, epoch: 'epoch' });
    expect(old.fault?.close).toBe(4409);
    room.leave(old);
    expect(young.of('welcome')).toMatchObject([{ you: 2, last: { seq: 1, rev: 1 } }]);
    clock.advance(1_000);
    expect(bob.of('people').flatMap((message) => message.leave)).toEqual([]);
    await write(room, 2, 2, 1, ['b']);
    expect(young.entries()).toEqual([[2, 2, 2]]);
  });

  it('[P3] settles what still waits before it tells a client that starts from the text what is settled', async () => {
    const disk = gate();
    const { room } = scene({ beforeWrite: (what) => (what === 'append' ? disk.opened : Promise.resolve()) });
    await enter(room, 'ann');
    const written = write(room, 1, 1, 0, ['a']);
    await settle();
    const joining = enter(room, 'ann');
    await settle();
    disk.open();
    await written;
    expect((await joining).of('welcome')).toMatchObject([{ text: 'a', last: { seq: 1, rev: 1 } }]);
  });

  it('[P3] knows what is settled of a client whose older socket leaves while the newer one is being opened', async () => {
    const opening = gate();
    let hold = false;
    const { room } = scene({
      beforeWrite: (what) => (hold && what === 'openAuthor' ? opening.opened : Promise.resolve()),
    });
    await enter(room, 'bob');
    await write(room, 1, 1, 0, ['b']);
    const old = await enter(room, 'ann');
    hold = true;
    const joining = enter(room, 'ann', { rev: 1, epoch: 'epoch' });
    // The newer socket has asked the storage; meanwhile the older one's edit is written, and it leaves.
    await write(room, 2, 1, 1, ['a']);
    room.leave(old);
    room.tick();
    opening.open();
    expect((await joining).of('welcome')).toMatchObject([{ you: 2, last: { seq: 1, rev: 2 } }]);
  });

  it('[P9] forgets what is settled of those who left, and finds it in the storage again', async () => {
    const { room } = scene();
    await enter(room, 'bob');
    const ann = await enter(room, 'ann');
    await write(room, 2, 1, 0, ['a']);
    room.leave(ann);
    room.tick();
    expect((await enter(room, 'ann')).of('welcome')).toMatchObject([{ last: { seq: 1, rev: 1 } }]);
  });

  it('[P9] lets no more in than fit', async () => {
    const { room } = scene({}, { members: 1 });
    await enter(room, 'ann');
    expect((await enter(room, 'bob')).fault?.code).toBe('room-full');
    expect(room.audience.size).toBe(1);
  });

  it.each(['welcome', 'people'] as const)(
    '[P4] [P9] shows nobody as being here who is ended by its "%s", because it reads too slowly',
    async (last) => {
      const { room, clock } = scene();
      const ann = await enter(room, 'ann');
      clock.advance(1_000);
      const author = await room.author({ client: 'bob', person: '', name: 'bob', color: 1, kind: 'ot', link: 0 });
      const bob = new Listener(author);
      const tell = bob.send.bind(bob);
      bob.send = (frame) => {
        tell(frame);
        // Once, as a session does: it is told nothing afterwards.
        if (decodeServerMessage(frame.toString())?.t === last) room.leave(bob);
      };
      await room.join({ member: bob, session: 'session of bob', from: null });
      clock.advance(1_000);
      expect(bob.of(last)).toHaveLength(1);
      expect(room.audience.people()).toMatchObject([{ author: 1 }]);
      expect(room.sockets).toBe(1);
      const shown = ann.of('people').flatMap(({ join }) => join.map((person) => person.author));
      expect(new Set(shown)).toEqual(new Set([1]));
    },
  );

  it('lists everybody to the newcomer, and the newcomer to everybody', async () => {
    const { room, clock } = scene();
    const ann = await enter(room, 'ann');
    clock.advance(1_000);
    const bob = await enter(room, 'bob');
    expect(bob.of('people')[0]?.join.map((one) => one.author)).toEqual([1, 2]);
    clock.advance(1_000);
    expect(
      ann
        .of('people')
        .at(-1)
        ?.join.map((one) => one.author),
    ).toEqual([2]);
    room.leave(bob);
    clock.advance(1_000);
    expect(ann.of('people').at(-1)?.leave).toEqual([2]);
  });
});

describe('presence in a room', () => {
  it('sends carets to the others at the revision that they have', async () => {
    const { room, clock } = scene();
    const ann = await enter(room, 'ann');
    const bob = await enter(room, 'bob');
    await write(room, 1, 1, 0, ['hello']);
    room.cursor(bob, 1, [[3, 3]]);
    await write(room, 1, 2, 1, ['>> ']);
    clock.advance(100);
    expect(ann.of('cursor')).toEqual([{ t: 'cursor', rev: 2, author: 2, ranges: [[6, 6]] }]);
    expect(bob.of('cursor')).toEqual([]);
  });

  it('brings carets of an older revision to the newest, and none beyond the text', async () => {
    const { room, clock } = scene();
    const ann = await enter(room, 'ann');
    const bob = await enter(room, 'bob');
    await write(room, 1, 1, 0, ['hello']);
    await write(room, 1, 2, 1, ['>> ']);
    room.cursor(bob, 1, [[5, 99]]);
    clock.advance(100);
    expect(ann.of('cursor').at(-1)).toMatchObject({ rev: 2, ranges: [[8, 8]] });
  });

  it('[P9] sends the last of many moves, twenty times a second at most', async () => {
    const { room, clock } = scene();
    const ann = await enter(room, 'ann');
    const bob = await enter(room, 'bob');
    await write(room, 1, 1, 0, ['hello']);
    for (let i = 0; i < 100; i++) {
      room.cursor(bob, 1, [[i % 5, i % 5]]);
      clock.advance(1);
    }
    clock.advance(100);
    expect(ann.of('cursor').length).toBeLessThanOrEqual(3);
    expect(ann.of('cursor').at(-1)?.ranges).toEqual([[4, 4]]);
  });
});

describe('the hash of a room', () => {
  it('[P4] is told every 256 revisions and after a minute of quiet', async () => {
    const { room, clock } = scene();
    const ann = await enter(room, 'ann');
    for (let seq = 1; seq <= 257; seq++) await write(room, 1, seq, seq - 1, insertion(seq - 1, 'é'));
    expect(ann.of('hash')).toEqual([{ t: 'hash', rev: 256, hash: fnv1a('é'.repeat(256)) }]);
    clock.advance(60_000);
    room.tick();
    room.tick();
    expect(ann.of('hash').map((one) => one.rev)).toEqual([256, 257]);
  });
});

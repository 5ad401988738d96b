import { afterEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { apply, type Op } from '../../lib/ot/index.ts';
import type { Person, ProtocolFault } from '../../lib/protocol/index.ts';
import { ManualClock, seededRandom } from '../../lib/testing/index.ts';
import { decodeFrame, SharedText, YjsFault } from '../../lib/yjs/index.ts';
import { DEFAULT_SERVER_LIMITS } from '../limits.ts';
import { createLog } from '../log.ts';
import { createMemoryStorage } from '../storage/memory.ts';
import { StorageUnavailable, type NewRoom, type Storage } from '../storage/storage.ts';
import type { Outcome } from './plan.ts';
import { Room, type RoomDeps } from './room.ts';
import type { YjsMember } from './yjs-member.ts';

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
/** After this long without a Yjs client the Y.Doc is gone, in ms. */
const IDLE_MS = 60_000;

afterEach(() => {
  vi.restoreAllMocks();
});

/** A Yjs client with its Y.Doc, which takes what it is told and sends what it does. */
class Client implements YjsMember {
  readonly rev = 0;
  readonly person: Person;
  readonly doc: Y.Doc;
  readonly outcomes: Outcome[] = [];
  fault: ProtocolFault | null = null;
  frames = 0;
  readonly #room: Room;
  #online = false;

  constructor(room: Room, person: Person, doc: Y.Doc) {
    this.#room = room;
    this.person = person;
    this.doc = doc;
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server' && this.#online) this.submit(update);
    });
  }

  /** Synchronises, as at the opening of a socket. */
  meet(shared: SharedText): void {
    this.#online = true;
    Y.applyUpdate(this.doc, shared.diff(Y.encodeStateVector(this.doc)), 'server');
    const owed = Y.encodeStateAsUpdate(this.doc, shared.stateVector());
    if (owed.length > 2) this.submit(owed);
  }

  submit(update: Uint8Array): void {
    const { author } = this.person;
    this.#room.submit({ kind: 'update', author, update, done: (outcome) => this.outcomes.push(outcome) });
  }

  sendYjs(bytes: Uint8Array): void {
    this.frames++;
    const frame = decodeFrame(bytes, { stateBytes: 1e6, states: 1e6 });
    if (frame.kind === 'update') Y.applyUpdate(this.doc, frame.update, 'server');
  }

  leave(): void {
    this.#online = false;
    this.#room.unlisten(this);
  }

  end(fault: ProtocolFault): void {
    this.fault = fault;
    this.leave();
  }

  get text(): Y.Text {
    return this.doc.getText('text');
  }

  shown(): string {
    return this.text.toJSON();
  }

  sendYjsLossy(): void {}
  welcome(): void {}
  sendEntries(): void {}
  send(): void {}
  sendLossy(): void {}
  roomForMore(): Promise<void> {
    return Promise.resolve();
  }
}

function scene(change: (storage: Storage) => Partial<Storage> = () => ({}), limits: Partial<RoomDeps['limits']> = {}) {
  const clock = new ManualClock();
  const inner = createMemoryStorage();
  const storage: Storage = { ...inner, ...change(inner) };
  const random = seededRandom(11).next;
  const deps: RoomDeps = {
    storage,
    clock,
    log: createLog('silent'),
    limits: { ...DEFAULT_SERVER_LIMITS, ...limits },
    random,
  };
  const room = Room.fresh(deps, BIRTH);
  return { clock, storage: inner, deps, room };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

async function enter(room: Room, name: string, root = 'text', doc = new Y.Doc()): Promise<Client> {
  const author = await room.author({ client: `yjs:${name}`, person: '', name, color: 2, kind: 'yjs', link: 0 });
  const client = new Client(room, { author, person: '', name, color: 2, role: 'edit', kind: 'yjs' }, doc);
  room.listen(client, root, (shared) => client.meet(shared));
  await settle();
  return client;
}

/** An OT client, as far as the room sees it when it writes. */
async function writer(room: Room, name = 'ann'): Promise<(op: Op) => Promise<Outcome>> {
  const author = await room.author({ client: name, person: '', name, color: 1, kind: 'ot', link: 0 });
  return (op) => new Promise((done) => room.submit({ kind: 'op', author, seq: 'next', rev: room.rev, op, done }));
}

/** Another node's, on the same storage. */
async function load(deps: RoomDeps): Promise<Room> {
  const stored = await deps.storage.loadRoom('room');
  if (!stored) throw new Error('The room is not in the storage.');
  return Room.load(deps, stored);
}

/** Every entry with bytes leads ops and bytes to one text, and that is the room's. Gives [op, has bytes] of each. */
async function checkLog(storage: Storage, room: Room): Promise<[Op, boolean][]> {
  const entries = await storage.entries('room', 1, room.rev, 10_000);
  const doc = new Y.Doc();
  let text = '';
  for (const { rev, op, yjs } of entries) {
    text = apply(text, op);
    if (!yjs) continue;
    Y.applyUpdate(doc, yjs);
    expect(doc.getText('text').toJSON(), `at revision ${rev}`).toBe(text);
  }
  expect(text).toBe(room.text());
  return entries.map(({ op, yjs }) => [op, yjs !== undefined]);
}

describe('a room without Yjs clients', () => {
  it('[P12] pays nothing: no Y.Doc, no lineage, no bytes', async () => {
    const { room, storage } = scene();
    const write = await writer(room);
    await write(['hello']);
    await write([5, '!']);
    expect(room.bridge.isOpen).toBe(false);
    expect(await storage.loadLineage('room')).toBeNull();
    expect(await checkLog(storage, room)).toEqual([
      [['hello'], false],
      [[5, '!'], false],
    ]);
  });

  it('is not made by one who only listens', async () => {
    const { room, storage } = scene();
    const yann = await enter(room, 'yann');
    expect([yann.fault, room.exists, await storage.loadRoom('room')]).toEqual([null, false, null]);
    yann.text.insert(0, 'a');
    await settle();
    expect([room.exists, room.text()]).toEqual([true, 'a']);
    expect(await storage.loadLineage('room')).toMatchObject({ root: 'text' });
  });
});

describe('a room with Yjs clients', () => {
  it('[P1] [P12] has one text, whoever writes, and every entry has its bytes', async () => {
    const { room, storage } = scene();
    const write = await writer(room);
    await write(['hello 🙂']);
    const [yann, yves] = [await enter(room, 'yann'), await enter(room, 'yves')];
    expect([yann.shown(), yves.shown()]).toEqual(['hello 🙂', 'hello 🙂']);
    yann.text.insert(0, 'Yann: ');
    const written = write([8, ' from Ann']);
    yves.text.delete(0, 1);
    await written;
    await settle();
    expect(room.text()).toBe('Yann: ello 🙂 from Ann');
    expect([yann.shown(), yves.shown()]).toEqual([room.text(), room.text()]);
    const log = await checkLog(storage, room);
    expect(log.map(([, hasBytes]) => hasBytes)).toEqual([false, true, true, true, true]);
    expect(log[1]).toEqual([[], true]);
    expect([...yann.outcomes, ...yves.outcomes].map(({ kind }) => kind)).toEqual(['logged', 'logged']);
  });

  it('tells of a batch in one frame, and nothing of its own while it waits for the log', async () => {
    const { room } = scene();
    const [yann, yves] = [await enter(room, 'yann'), await enter(room, 'yves')];
    yann.text.insert(0, 'a');
    yann.text.insert(1, 'b');
    yann.text.insert(2, 'c');
    const asked: string[] = [];
    room.bridge.ask((shared) => asked.push(shared.toString()));
    await settle();
    expect([yann.frames, yves.frames, yves.shown()]).toEqual([1, 1, 'abc']);
    expect(asked.every((text) => text === '' || text === 'abc')).toBe(true);
  });

  it('[P3] takes an update once, however often it comes', async () => {
    const { room, storage } = scene();
    const yann = await enter(room, 'yann');
    yann.text.insert(0, 'once');
    await settle();
    yann.submit(Y.encodeStateAsUpdate(yann.doc));
    await settle();
    expect(yann.outcomes.map(({ kind }) => kind)).toEqual(['logged', 'settled']);
    expect(await checkLog(storage, room)).toEqual([[['once'], true]]);
  });

  it('ends one that looks for the text under another root, with 4403 and the right name', async () => {
    const { room } = scene();
    const yann = await enter(room, 'yann');
    const other = await enter(room, 'other', 'monaco');
    expect([other.fault?.close, yann.fault]).toEqual([4403, null]);
    expect(other.fault?.message).toContain('?text=text');
  });

  it('[P9] takes no more Yjs clients once the Y.Doc has grown too large, and goes on as a text', async () => {
    const { room, deps } = scene(undefined, { lineage: 50 });
    const yann = await enter(room, 'yann');
    yann.text.insert(0, 'much too much for so small a Y.Doc, as it is here');
    await settle();
    room.bridge.save();
    expect([yann.fault?.code, room.bridge.isOpen]).toEqual(['document-full', false]);
    const write = await writer(room);
    expect(await write(['still '])).toMatchObject({ kind: 'logged' });
    await room.close();
    const again = await load(deps);
    expect((await enter(again, 'yves')).fault?.code).toBe('document-full');
    expect(again.bridge.isOpen).toBe(false);
  });
});

describe('when the Yjs clients have gone', () => {
  it('[P12] keeps the Y.Doc for a minute, then pays nothing; one entry brings what is owed when they return', async () => {
    const { room, storage, clock } = scene();
    const write = await writer(room);
    await write(['hello']);
    const yann = await enter(room, 'yann');
    yann.leave();
    room.tick();
    clock.advance(IDLE_MS - 1);
    room.tick();
    expect(room.bridge.isOpen).toBe(true);
    await write(['still with bytes ']);
    // Only while the loop rests.
    await settle();
    clock.advance(1);
    room.tick();
    expect(room.bridge.isOpen).toBe(false);
    await write(['one ']);
    await write(['two ']);
    yann.text.insert(yann.text.length, ' offline');

    const back = await enter(room, 'yann', 'text', yann.doc);
    await settle();
    expect(room.text()).toBe('two one still with bytes hello offline');
    expect(back.shown()).toBe(room.text());
    expect(await checkLog(storage, room)).toEqual([
      [['hello'], false],
      [[], true],
      [['still with bytes '], true],
      [['one '], false],
      [['two '], false],
      [[], true],
      [[30, ' offline'], true],
    ]);
  });

  it('keeps the Y.Doc if one comes back in time', async () => {
    const { room, clock } = scene();
    const yann = await enter(room, 'yann');
    yann.leave();
    room.tick();
    clock.advance(IDLE_MS - 1);
    const yves = await enter(room, 'yves');
    room.tick();
    clock.advance(IDLE_MS);
    room.tick();
    expect([room.bridge.isOpen, yves.fault]).toEqual([true, null]);
  });

  it('saves the Y.Doc as it closes, and opens it from there, with the bytes after it', async () => {
    const { room, storage, deps } = scene();
    const yann = await enter(room, 'yann');
    yann.text.insert(0, 'saved');
    await settle();
    yann.leave();
    await room.close();
    const saved = await storage.loadLineage('room');
    expect(saved).toMatchObject({ root: 'text', rev: 1 });
    expect(saved?.state).not.toBeNull();
    const again = await load(deps);
    const yves = await enter(again, 'yves');
    expect(yves.shown()).toBe('saved');
    yves.text.insert(5, ' again');
    await settle();
    const third = await enter(await load(deps), 'zoe');
    expect(third.shown()).toBe('saved again');
  });

  it('goes on when saving fails: the log has everything', async () => {
    const { room, deps } = scene(() => ({ saveLineage: () => Promise.reject(new StorageUnavailable('full')) }));
    const yann = await enter(room, 'yann');
    yann.text.insert(0, 'kept');
    await settle();
    await room.close();
    expect((await enter(await load(deps), 'yves')).shown()).toBe('kept');
  });
});

describe('when the storage fails', () => {
  it('[P2] [P3] waits while the lineage cannot be read, and then lets everybody in', async () => {
    let fails = 2;
    const { room, clock, storage } = scene((inner) => ({
      loadLineage: (id) => (fails-- > 0 ? Promise.reject(new StorageUnavailable('no')) : inner.loadLineage(id)),
    }));
    const write = await writer(room);
    await write(['hello']);
    const yann = await enter(room, 'yann');
    expect([yann.shown(), yann.fault]).toEqual(['', null]);
    const written = write(['Ann: ']);
    for (let i = 0; i < 4; i++) {
      clock.advance(1_000);
      await settle();
    }
    expect(await written).toMatchObject({ kind: 'logged' });
    expect([yann.shown(), yann.fault]).toEqual(['Ann: hello', null]);
    await checkLog(storage, room);
  });

  it.each(['before', 'after'] as const)(
    '[P2] [P3] neither loses nor doubles anything when an append fails, %s it was durable',
    async (when) => {
      let fails = false;
      const { room, clock, storage } = scene((inner) => ({
        append: async (id, batch) => {
          if (!fails) return inner.append(id, batch);
          fails = false;
          if (when === 'after') await inner.append(id, batch);
          throw new StorageUnavailable('no');
        },
      }));
      const write = await writer(room);
      await write(['hello']);
      const [yann, yves] = [await enter(room, 'yann'), await enter(room, 'yves')];
      fails = true;
      yann.text.insert(5, '!');
      const written = write(['Ann: ']);
      await settle();
      // Nobody is shown what may not be in the log.
      expect([yves.shown(), room.text()]).toEqual(['hello', 'hello']);
      clock.advance(1_000);
      await settle();
      await written;
      expect(room.text()).toBe('Ann: hello!');
      expect([yann.shown(), yves.shown()]).toEqual([room.text(), room.text()]);
      await checkLog(storage, room);
    },
  );
});

describe('when another node writes too', () => {
  it('[P1] [P12] throws its Y.Doc away at a conflict, and takes the other’s', async () => {
    const { room, storage, deps } = scene();
    const write = await writer(room);
    await write(['hello']);
    const other = await load({ ...deps, random: seededRandom(12).next });
    const yann = await enter(room, 'yann');
    const yves = await enter(other, 'yves');
    yves.text.insert(0, 'Yves: ');
    await settle();
    yann.text.insert(yann.text.length, ' (Yann)');
    await settle();
    expect(room.text()).toBe('Yves: hello (Yann)');
    expect(yann.shown()).toBe(room.text());
    yves.text.insert(0, '> ');
    await settle();
    expect([yves.shown(), other.text()]).toEqual(['> Yves: hello (Yann)', '> Yves: hello (Yann)']);
    expect([yann.fault, yves.fault]).toEqual([null, null]);
    await checkLog(storage, other);
  });

  it('[P12] seeds once when both want to at the same moment', async () => {
    const { room, storage, deps } = scene();
    await (
      await writer(room)
    )(['hello']);
    const other = await load({ ...deps, random: seededRandom(12).next });
    const [yann, yves] = await Promise.all([enter(room, 'yann'), enter(other, 'yves')]);
    await settle();
    expect([yann.shown(), yves.shown()]).toEqual(['hello', 'hello']);
    yann.text.insert(5, '!');
    await settle();
    yves.text.insert(0, '?');
    await settle();
    expect([other.text(), yves.shown()]).toEqual(['?hello!', '?hello!']);
    await checkLog(storage, other);
  });
});

describe('[P7] when an update spoils the Y.Doc', () => {
  it('only its sender is told; the Y.Doc is loaded anew, and the others’ edits are taken', async () => {
    const { room, storage } = scene();
    const write = await writer(room);
    await write(['hello']);
    const [yann, bad] = [await enter(room, 'yann'), await enter(room, 'bad')];
    const take = vi.spyOn(SharedText.prototype, 'take').mockImplementationOnce(function (this: SharedText) {
      vi.spyOn(this, 'spoilt', 'get').mockReturnValue(true);
      throw new YjsFault('broken', 'Yjs stumbled.');
    });
    bad.text.insert(0, 'bad ');
    yann.text.insert(5, '!');
    await settle();
    expect(take).toHaveBeenCalledTimes(2);
    expect(bad.outcomes).toMatchObject([{ kind: 'refused', fault: { close: 1013 } }]);
    expect(yann.outcomes).toMatchObject([{ kind: 'logged' }]);
    expect([room.text(), yann.shown()]).toEqual(['hello!', 'hello!']);
    await checkLog(storage, room);
  });

  it('a Y.Doc that cannot be loaded ends the Yjs clients, and the room goes on', async () => {
    const { room, deps } = scene();
    const yann = await enter(room, 'yann');
    yann.text.insert(0, 'hello');
    await settle();
    await room.close();
    const again = await load(deps);
    vi.spyOn(SharedText, 'load').mockImplementation(() => {
      throw new YjsFault('broken', 'It leads nowhere.');
    });
    const write = await writer(again);
    const yves = await enter(again, 'yves');
    expect([yves.fault?.close, again.bridge.isOpen]).toEqual([4500, false]);
    expect(await write(['Ann: '])).toMatchObject({ kind: 'logged' });
    expect(again.text()).toBe('Ann: hello');
  });
});

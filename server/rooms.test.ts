import { describe, expect, it } from 'vitest';
import { ManualClock } from '../lib/testing/index.ts';
import { DEFAULT_SERVER_LIMITS, type ServerLimits } from './limits.ts';
import { createLog } from './log.ts';
import { Rooms, type Lease } from './rooms.ts';
import { openRoom } from './testing/callers.ts';
import { createMemoryStorage } from './storage/memory.ts';
import { StorageUnavailable, type Storage } from './storage/storage.ts';

const TOKEN = 'T'.repeat(22);
const CREATE = { owner: 'O'.repeat(22), view: 'V'.repeat(22) };

function scene(storage: Storage = createMemoryStorage(), more: Partial<ServerLimits> = {}) {
  const clock = new ManualClock();
  const limits = { ...DEFAULT_SERVER_LIMITS, ...more };
  const rooms = new Rooms({ storage, clock, log: createLog('silent'), limits });
  return { clock, rooms, storage };
}

async function must(lease: Promise<Lease | null>): Promise<Lease> {
  const found = await lease;
  if (!found) throw new Error('no room was found');
  return found;
}

describe('finding rooms', () => {
  it('gives two who open a fresh link at once the same room', async () => {
    const { rooms } = scene();
    const [one, two] = await Promise.all([must(openRoom(rooms, TOKEN, CREATE)), must(openRoom(rooms, TOKEN, CREATE))]);
    expect(one.room).toBe(two.room);
  });

  it('finds a room by each of its links, in that link’s role, once it exists', async () => {
    const { rooms } = scene();
    const { room } = await must(openRoom(rooms, TOKEN, CREATE));
    expect(await openRoom(rooms, CREATE.view)).toBeNull();
    await room.setMeta({ title: 'now' });
    const roles = await Promise.all(
      [TOKEN, CREATE.owner, CREATE.view].map(async (token) => (await must(openRoom(rooms, token))).role),
    );
    expect(roles).toEqual(['edit', 'owner', 'view']);
  });

  it('never makes a room for a program that only looks', async () => {
    const { rooms } = scene();
    expect(await openRoom(rooms, 'standup-notes', 'never')).toBeNull();
    await must(openRoom(rooms, 'standup-notes'));
    expect(await openRoom(rooms, 'standup-notes', 'never')).toBeNull();
  });
});

describe('loading rooms', () => {
  async function stored(): Promise<Storage> {
    const storage = createMemoryStorage();
    const first = scene(storage);
    const { room } = await must(openRoom(first.rooms, TOKEN, CREATE));
    await room.setMeta({ title: 'kept' });
    await first.rooms.close();
    return storage;
  }

  it('[P11] loads a room once for all who wait for it', async () => {
    const storage = await stored();
    let loads = 0;
    const { rooms } = scene({
      ...storage,
      loadRoom: (id) => {
        loads++;
        return storage.loadRoom(id);
      },
    });
    const leases = await Promise.all(Array.from({ length: 10 }, () => must(openRoom(rooms, TOKEN))));
    expect(new Set(leases.map((lease) => lease.room)).size).toBe(1);
    expect(loads).toBe(1);
  });

  it('[P11] serves nothing when the load fails, stores nothing, and tries again for the next who asks', async () => {
    const storage = await stored();
    let broken = true;
    const writes: string[] = [];
    const { rooms } = scene({
      ...storage,
      loadRoom: (id) => (broken ? Promise.reject(new StorageUnavailable('no disk')) : storage.loadRoom(id)),
      append: (id, batch) => {
        writes.push('append');
        return storage.append(id, batch);
      },
      saveSnapshot: (id, snapshot) => {
        writes.push('saveSnapshot');
        return storage.saveSnapshot(id, snapshot);
      },
    });
    const waiting = await Promise.allSettled([openRoom(rooms, TOKEN), openRoom(rooms, TOKEN)]);
    expect(waiting.map((one) => one.status)).toEqual(['rejected', 'rejected']);
    expect(rooms.size).toBe(0);
    broken = false;
    expect((await must(openRoom(rooms, TOKEN))).room.meta.title).toBe('kept');
    expect(writes).toEqual([]);
  });

  it('[P11] refuses a log that does not fit its snapshot', async () => {
    const storage = await stored();
    const { rooms } = scene({
      ...storage,
      loadRoom: async (id) => {
        const found = await storage.loadRoom(id);
        return found && { ...found, entries: [{ rev: 1, author: 1, seq: 1, at: 0, op: [99, 'x'] }] };
      },
    });
    await expect(openRoom(rooms, TOKEN)).rejects.toThrow(/unit/);
    expect(rooms.size).toBe(0);
  });

  it('keeps a leased room in memory, and unloads it when it was released and idle', async () => {
    const { rooms, clock } = scene(await stored());
    const lease = await must(openRoom(rooms, TOKEN));
    clock.advance(10 * DEFAULT_SERVER_LIMITS.roomIdleMs);
    rooms.tick();
    expect(rooms.size).toBe(1);
    lease.release();
    lease.release();
    clock.advance(DEFAULT_SERVER_LIMITS.roomIdleMs - 1);
    rooms.tick();
    expect(rooms.size).toBe(1);
    clock.advance(1);
    rooms.tick();
    expect(rooms.size).toBe(0);
  });

  it('[P9] holds no more rooms than fit: idle ones go first, then nobody new gets one', async () => {
    const { rooms } = scene(createMemoryStorage(), { rooms: 2 });
    const one = await must(openRoom(rooms, 'room-one'));
    await must(openRoom(rooms, 'room-two'));
    await expect(openRoom(rooms, 'room-three')).rejects.toThrow(/as many rooms/);
    one.release();
    expect(await openRoom(rooms, 'room-three')).not.toBeNull();
    expect(rooms.size).toBe(2);
  });
});

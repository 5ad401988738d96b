import { seededRandom } from '../../lib/testing/index.ts';
import { describe, expect, it } from 'vitest';
import { someEntries, someRoom, someYjsEntries } from '../../server/storage/contract/samples.ts';
import { describeStorage } from '../../server/storage/storage-contract.ts';
import { SimulatedDisk, type DiskWorld } from './disk.ts';

/** A world without a scheduler: a group is done as soon as promises are. */
const atOnce: DiskWorld = {
  after: (_ms, run) => queueMicrotask(run),
  stir: () => undefined,
  random: seededRandom(1),
  groupMs: () => 0,
  count: () => undefined,
};

/** A world that stands still until the test moves it. */
function byHand(seed: number): { world: DiskWorld; step(): void } {
  const due: (() => void)[] = [];
  const world = { ...atOnce, after: (_ms: number, run: () => void) => due.push(run), random: seededRandom(seed) };
  return { world, step: () => due.shift()?.() };
}

describeStorage('simulated disk', async () => {
  const disk = new SimulatedDisk(atOnce);
  return {
    storage: disk.open().storage,
    reopen: async () => disk.open().storage,
    done: (storage) => storage.close(),
  };
});

describe('a simulated disk', () => {
  it('[P2] answers an append only once it is durable, and loses it in a crash before', () => {
    const { world, step } = byHand(1);
    const disk = new SimulatedDisk(world);
    disk.state.createRoom(someRoom('r'));
    const process = disk.open();
    void process.storage.append('r', { entries: someEntries(1, 1), settled: [] });
    expect(disk.state.entries('r', 1, 9, 9)).toEqual([]);
    step();
    expect(disk.state.entries('r', 1, 9, 9)).toHaveLength(1);

    void process.storage.append('r', { entries: someEntries(2, 2), settled: [] });
    void process.storage.append('r', { entries: someEntries(3, 3), settled: [] });
    process.kill();
    step();
    expect(disk.state.entries('r', 1, 9, 9).length).toBeLessThan(3);
  });

  it('[P2] may keep what was on its way in a crash, but never a later append without an earlier one', async () => {
    const kept = new Set<number>();
    for (let seed = 1; seed <= 60; seed++) {
      const { world, step } = byHand(seed);
      const disk = new SimulatedDisk(world);
      disk.state.createRoom(someRoom('r'));
      const process = disk.open();
      void process.storage.probe();
      for (let rev = 1; rev <= 8; rev++) {
        void process.storage.append('r', { entries: someEntries(rev, rev), settled: [] });
      }
      step();
      process.kill();
      const { length } = disk.state.entries('r', 1, 9, 9);
      kept.add(length);
      const next = disk.open();
      const again = next.storage.append('r', { entries: someEntries(length + 1, length + 1), settled: [] });
      step();
      step();
      expect(await again, `seed ${seed}`).toEqual({ ok: true });
    }
    expect(kept.size).toBeGreaterThan(4);
  });

  it('[P2] [P12] keeps or loses a lineage in a crash together with the bytes that recorded it', async () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= 60; seed++) {
      const { world, step } = byHand(seed);
      const disk = new SimulatedDisk(world);
      disk.state.createRoom(someRoom('r'));
      const process = disk.open();
      void process.storage.probe();
      void process.storage.append('r', { entries: someYjsEntries(1, 1), settled: [], lineage: { root: 'text' } });
      void process.storage.saveLineage('r', { rev: 1, state: Uint8Array.of(1) });
      step();
      process.kill();
      const found = [disk.state.entries('r', 1, 9, 9).length, disk.state.loadLineage('r')];
      seen.add(JSON.stringify(found.map((one) => (one && typeof one === 'object' ? one.rev : one))));
    }
    expect([...seen].toSorted()).toEqual(['[0,null]', '[1,0]', '[1,1]']);
  });

  it('[P12] gives a backup the lineage of its time', () => {
    const { state } = new SimulatedDisk(atOnce);
    state.createRoom(someRoom('r'));
    state.append('r', { entries: someYjsEntries(1, 2), settled: [], lineage: { root: 'text' } });
    state.saveLineage('r', { rev: 1, state: Uint8Array.of(1) });
    const backup = state.backup('r');
    state.saveLineage('r', { rev: 2, state: Uint8Array.of(2) });
    if (backup) state.restore(backup, 'restored');
    expect(state.loadLineage('r')).toEqual({ root: 'text', rev: 1, state: Uint8Array.of(1) });
  });

  it('while it is full it refuses writes and reads on; while it fails it may write and not say so', async () => {
    const disk = new SimulatedDisk({ ...atOnce, random: seededRandom(5) });
    disk.state.createRoom(someRoom('r'));
    const { storage } = disk.open();
    disk.health = { kind: 'full' };
    await expect(storage.append('r', { entries: someEntries(1, 1), settled: [] })).rejects.toThrow('full');
    expect(await storage.entries('r', 1, 9, 9)).toEqual([]);

    disk.health = { kind: 'failing', oneIn: 1 };
    let secret = 0;
    for (let rev = 1; rev <= 20; rev++) {
      const before = disk.state.entries('r', 1, 99, 99).length;
      const entries = someEntries(before + 1, before + 1);
      await expect(storage.append('r', { entries, settled: [] })).rejects.toThrow('failed');
      secret += disk.state.entries('r', 1, 99, 99).length - before;
    }
    expect(secret).toBeGreaterThan(2);
    expect(secret).toBeLessThan(18);
  });
});

import { expect, it } from 'vitest';
import { createMemoryStorage } from '../storage/memory.ts';
import { StorageUnavailable } from '../storage/storage.ts';
import { total } from './buckets.ts';
import { measureStorage } from './measured-storage.ts';

const ROOM = { id: 'r', shard: '00000000', epoch: 'e', title: '', language: '', createdAt: 1, links: [], authors: [] };

it('measures each call by its name, and passes on what it says', async () => {
  let now = 0;
  const { storage, meter } = measureStorage(createMemoryStorage(), () => (now += 3));
  expect(await storage.createRoom(ROOM)).toBe('created');
  expect(await storage.createRoom(ROOM)).toBe('taken');
  expect(await storage.findLink('x')).toBeNull();
  expect([...meter.tookMs].map(([name, buckets]) => [name, total(buckets.counts), buckets.sum])).toEqual([
    ['createRoom', 2, 6],
    ['findLink', 1, 3],
  ]);
  expect(meter).toMatchObject({ up: true, waiting: 0 });
});

it('knows a refusal from a failure, and a failing write from a failing read', async () => {
  const engine = createMemoryStorage();
  const { storage, meter } = measureStorage(engine, () => 0);
  await expect(storage.setRoom('nowhere', { title: '' })).rejects.toThrow('no room');
  expect(meter.up).toBe(true);

  engine.probe = () => Promise.reject(new StorageUnavailable('The disk is full.'));
  const failing = storage.probe();
  expect(meter.waiting).toBe(1);
  await expect(failing).rejects.toThrow('The disk is full.');
  expect(meter.failures).toEqual(new Map([['probe', 1]]));
  await storage.findLink('x');
  expect(meter.up).toBe(false);
});

it('is up again with the next write', async () => {
  const engine = createMemoryStorage();
  let full = true;
  const real = engine.probe.bind(engine);
  engine.probe = () => (full ? Promise.reject(new StorageUnavailable('The disk is full.')) : real());
  const { storage, meter } = measureStorage(engine, () => 0);
  await expect(storage.probe()).rejects.toThrow('full');
  full = false;
  await storage.probe();
  expect(meter.up).toBe(true);
});

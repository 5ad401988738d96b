import { expect, it } from 'vitest';
import { someEntries, someRoom } from './contract/samples.ts';
import { createMemoryStorage } from './memory.ts';
import { describeStorage } from './storage-contract.ts';
import { StorageUnavailable } from './storage.ts';

describeStorage('memory', async () => ({ storage: createMemoryStorage(), done: (storage) => storage.close() }), false);

it('lets a test hold a write, and fail it', async () => {
  const seen: string[] = [];
  let gate = Promise.resolve();
  const storage = createMemoryStorage({
    beforeWrite: (what) => {
      seen.push(what);
      return gate;
    },
  });
  await storage.createRoom(someRoom('r'));

  let release: () => void = () => undefined;
  gate = new Promise((resolve) => (release = resolve));
  const held = storage.append('r', { entries: someEntries(1, 1), settled: [] });
  expect(await storage.entries('r', 1, 1, 1)).toEqual([]);
  release();
  expect(await held).toEqual({ ok: true });

  gate = Promise.reject(new StorageUnavailable('The disk is full.'));
  await expect(storage.append('r', { entries: someEntries(2, 2), settled: [] })).rejects.toThrow('The disk is full.');
  expect(await storage.entries('r', 1, 9, 9)).toHaveLength(1);
  expect(seen).toEqual(['createRoom', 'append', 'append']);
});

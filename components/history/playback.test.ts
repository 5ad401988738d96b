import { expect, it } from 'vitest';
import type { Entry } from './history-types.ts';
import { play } from './playback.ts';

const entry = (rev: number, at: number): Entry => ({ rev, at, author: 1, op: [rev, 'x'] });
const settle = () => new Promise<void>((done) => setImmediate(done));

function player(entries: readonly Entry[], { page = 1000, speed = 1 } = {}) {
  const log: (string | number | number[])[] = [];
  const asked: number[] = [];
  let pending: { ms: number; run: () => void } | null = null;
  const stop = play({
    start: { rev: 0, at: 0 },
    read: async (from) => {
      asked.push(from);
      const found = entries.filter(({ rev }) => rev >= from).slice(0, page);
      const last = found.at(-1)?.rev ?? from;
      return { entries: found, authors: [], next: entries.some(({ rev }) => rev > last) ? last + 1 : null };
    },
    speed: () => speed,
    after: (ms, run) => {
      pending = { ms, run };
      log.push(ms);
      return () => (pending = null);
    },
    onEntries: (due) => log.push(due.map(({ rev }) => rev)),
    onEnd: () => log.push('end'),
    onFault: () => log.push('fault'),
  });
  return {
    log,
    asked,
    stop,
    pass: async () => {
      await settle();
      const due = pending;
      pending = null;
      due?.run();
      await settle();
      return due !== null;
    },
  };
}

it('keeps the rhythm, shortens pauses, and shows together what came together', async () => {
  const { log, pass } = player([entry(1, 100), entry(2, 300), entry(3, 305), entry(4, 90_000)]);
  while (await pass());
  expect(log).toEqual([100, [1], 200, [2], 5, [3], 600, [4], 'end']);
});

it('is faster by its speed', async () => {
  const { log, pass } = player([entry(1, 100), entry(2, 300), entry(3, 305), entry(4, 90_000)], { speed: 10 });
  while (await pass());
  expect(log).toEqual([10, [1], 20, [2], 0.5, [3], 60, [4], 'end']);
});

it('goes on over pages, and asks for each once', async () => {
  const { log, asked, pass } = player(
    Array.from({ length: 7 }, (_, index) => entry(index + 1, (index + 1) * 50)),
    { page: 3 },
  );
  while (await pass());
  expect(log.filter(Array.isArray).flat()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(asked).toEqual([1, 4, 7]);
  expect(log.at(-1)).toBe('end');
});

it('stops in the middle', async () => {
  const { log, pass, stop } = player([entry(1, 100), entry(2, 300)]);
  await pass();
  stop();
  expect(await pass()).toBe(false);
  expect(log).toEqual([100, [1], 200]);
});

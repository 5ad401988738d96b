import { beforeEach, expect, it } from 'vitest';
import type { Moment } from './history-types.ts';
import { Seeker } from './seeker.ts';

const moment = (rev: number): Moment => ({
  rev,
  at: rev,
  author: { author: 1, name: 'Ann', color: 1 },
  text: `text ${rev}`,
});

let asked: { rev: number; signal: AbortSignal; answer: (value: Moment) => void; fail: (error: unknown) => void }[];
let timers: { ms: number; run: () => void; cancelled: boolean }[];
let shown: number[];
let faults: unknown[];
let seeker: Seeker;

beforeEach(() => {
  asked = [];
  timers = [];
  shown = [];
  faults = [];
  seeker = new Seeker({
    read: (rev, signal) => new Promise((answer, fail) => asked.push({ rev, signal, answer, fail })),
    after: (ms, run) => {
      const timer = { ms, run, cancelled: false };
      timers.push(timer);
      return () => (timer.cancelled = true);
    },
    onMoment: ({ rev }) => shown.push(rev),
    onFault: (error) => faults.push(error),
  });
});

/** Runs the timers of this length that wait now. */
const pass = (ms: number) => {
  const due = timers.filter((timer) => timer.ms === ms && !timer.cancelled);
  timers = timers.filter((timer) => !due.includes(timer));
  for (const { run } of due) run();
};
const settle = () => new Promise<void>((done) => setImmediate(done));

it('asks at once for the first moment, then at most every 80 ms and only for the newest wish', async () => {
  seeker.seek(10);
  seeker.seek(11);
  seeker.seek(12);
  expect(asked.map(({ rev }) => rev)).toEqual([10]);
  expect(asked[0]?.signal.aborted).toBe(true);
  pass(80);
  expect(asked.map(({ rev }) => rev)).toEqual([10, 12]);
  asked[1]?.answer(moment(12));
  await settle();
  expect(shown).toEqual([12]);
});

it('an answer that comes after a newer wish is kept, and not shown', async () => {
  seeker.seek(10);
  pass(80);
  seeker.seek(20);
  asked[0]?.answer(moment(10));
  await settle();
  expect(shown).toEqual([]);
  asked[1]?.answer(moment(20));
  await settle();
  seeker.seek(10);
  expect(shown).toEqual([20, 10]);
  expect(asked).toHaveLength(2);
});

it('fetches the neighbours of a moment that is looked at, and shows them at once then', async () => {
  seeker.seek(10);
  asked[0]?.answer(moment(10));
  await settle();
  pass(80);
  pass(150);
  asked[1]?.answer(moment(9));
  await settle();
  asked[2]?.answer(moment(11));
  await settle();
  seeker.seek(11);
  expect(shown).toEqual([10, 11]);
  expect(asked.map(({ rev }) => rev)).toEqual([10, 9, 11]);
});

it('tells of a request that failed, but not of one that was given up', async () => {
  seeker.seek(10);
  pass(80);
  seeker.seek(20);
  asked[0]?.fail(new Error('aborted'));
  await settle();
  expect(faults).toEqual([]);
  asked[1]?.fail(new Error('no network'));
  await settle();
  expect(faults).toHaveLength(1);
  // The same again is a new try.
  pass(80);
  seeker.seek(20);
  expect(asked).toHaveLength(3);
});

import { expect, it } from 'vitest';
import { ManualClock } from '../../lib/testing/index.ts';
import { BadLine } from './bad-network.ts';

function scene(draws: readonly number[] = []) {
  const clock = new ManualClock();
  const left = [...draws];
  const seen: string[] = [];
  let cuts = 0;
  const line = new BadLine({
    now: () => clock.now(),
    after: (ms, run) => void clock.after(ms, run),
    random: () => left.shift() ?? 0.99,
    cut: () => (cuts += 1),
  });
  return { clock, line, seen, carry: (frame: string) => line.carry(() => seen.push(frame)), cuts: () => cuts };
}

it('passes everything at once while it pretends nothing', () => {
  const { carry, seen } = scene();
  carry('a');
  expect(seen).toEqual(['a']);
});

it('delays, and keeps the order when the delay shrinks', () => {
  const { clock, line, carry, seen } = scene();
  line.pretend({ kind: 'slow', delay: 400 });
  carry('a');
  line.pretend({ kind: 'none' });
  carry('b');
  expect(seen).toEqual([]);
  clock.advance(399);
  expect(seen).toEqual([]);
  clock.advance(1);
  expect(seen).toEqual(['a', 'b']);
});

it('lets nothing through offline', () => {
  const { clock, line, carry, seen } = scene();
  line.pretend({ kind: 'offline' });
  carry('a');
  clock.advance(60_000);
  expect(seen).toEqual([]);
});

it('stalls lost frames and what comes behind them, and breaks now and then', () => {
  const { clock, line, carry, seen, cuts } = scene([0.05, 0.5, 0.9, 0.05, 0.01]);
  line.pretend({ kind: 'lossy', loss: 10 });
  carry('lost');
  carry('behind');
  expect(seen).toEqual([]);
  clock.advance(1_000);
  expect(seen).toEqual(['lost', 'behind']);
  expect(cuts()).toBe(0);
  carry('breaks');
  expect(cuts()).toBe(1);
});

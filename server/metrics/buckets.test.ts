import { describe, expect, it } from 'vitest';
import { Buckets, quantile, since, total } from './buckets.ts';

describe('buckets', () => {
  it('count what is at most each bound, and what is above all', () => {
    const buckets = new Buckets([1, 10]);
    for (const value of [0.5, 1, 1.5, 10, 11, 1_000]) buckets.observe(value);
    expect(buckets.counts).toEqual([2, 2, 2]);
    expect(buckets.sum).toBe(1_024);
    expect(total(buckets.counts)).toBe(6);
  });

  it('tell what came since a look', () => {
    const buckets = new Buckets([1, 10]);
    buckets.observe(1);
    const before = [...buckets.counts];
    buckets.observe(2);
    buckets.observe(20);
    expect(since(before, buckets.counts)).toEqual([0, 1, 1]);
    expect(since([], buckets.counts)).toEqual([1, 1, 1]);
  });
});

describe('a quantile', () => {
  it('lies evenly within its bucket', () => {
    expect(quantile(0.5, [10, 20], [10, 10, 0])).toBe(10);
    expect(quantile(0.25, [10, 20], [10, 10, 0])).toBe(5);
    expect(quantile(0.95, [10, 20], [0, 100, 0])).toBeCloseTo(19.5);
  });

  it('is the last bound for what is above it, and nothing for nothing', () => {
    expect(quantile(0.99, [10, 20], [1, 0, 99])).toBe(20);
    expect(quantile(0.5, [10, 20], [0, 0, 0])).toBeNull();
  });
});

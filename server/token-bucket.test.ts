import { describe, expect, it } from 'vitest';
import { TokenBucket } from './token-bucket.ts';

describe('a token bucket', () => {
  it('[P9] gives its burst at once, and then its rate', () => {
    const bucket = new TokenBucket({ perSecond: 10, burst: 5 }, 0);
    for (let i = 0; i < 5; i++) {
      expect(bucket.waitMs(0)).toBe(0);
      bucket.take(0);
    }
    expect(bucket.waitMs(0)).toBe(100);
    expect(bucket.waitMs(99)).toBe(1);
    expect(bucket.waitMs(100)).toBe(0);
    let taken = 0;
    for (let now = 100; now < 10_100; now++) {
      if (bucket.waitMs(now) > 0) continue;
      bucket.take(now);
      taken++;
    }
    expect(taken).toBe(100);
  });

  it('takes nothing when it is asked', () => {
    const bucket = new TokenBucket({ perSecond: 1, burst: 1 }, 0);
    for (let i = 0; i < 100; i++) expect(bucket.waitMs(0)).toBe(0);
  });

  it('holds no more than its burst, however long nobody came', () => {
    const bucket = new TokenBucket({ perSecond: 10, burst: 5 }, 0);
    bucket.take(1_000_000, 5);
    expect(bucket.waitMs(1_000_000)).toBe(100);
  });

  it('lets what is larger than itself through once it is full, and then pays the debt', () => {
    const bucket = new TokenBucket({ perSecond: 10, burst: 5 }, 0);
    expect(bucket.waitMs(0, 20)).toBe(0);
    bucket.take(0, 20);
    expect(bucket.waitMs(0, 1)).toBe(1_600);
    expect(bucket.waitMs(0, 20)).toBe(2_000);
  });

  it('keeps what it has when the clock is set back', () => {
    const bucket = new TokenBucket({ perSecond: 10, burst: 5 }, 10_000);
    bucket.take(10_000, 4);
    expect(bucket.waitMs(5_000)).toBe(0);
    bucket.take(5_000);
    expect(bucket.waitMs(5_100)).toBe(0);
  });
});

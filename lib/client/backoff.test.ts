import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing/index.ts';
import { backoffDelay } from './backoff.ts';

describe('backoffDelay', () => {
  it('is spread over the whole of a bound that doubles from 0.5 s and ends at 30 s', () => {
    const random = seededRandom(11);
    for (const [attempt, bound] of [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000].entries()) {
      const waits = Array.from({ length: 400 }, () => backoffDelay(attempt, () => random.next()));
      expect(Math.max(...waits)).toBeLessThan(bound);
      expect(Math.max(...waits)).toBeGreaterThan(bound * 0.95);
      expect(Math.min(...waits)).toBeLessThan(bound * 0.05);
    }
  });

  it('does not overflow after a long time offline', () => {
    expect(backoffDelay(5_000, () => 0.5)).toBe(15_000);
  });
});

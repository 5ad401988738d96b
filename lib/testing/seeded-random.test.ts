import { describe, expect, it } from 'vitest';
import { seededRandom } from './seeded-random.ts';

describe('seededRandom', () => {
  it('gives the same numbers for the same seed, and others for another', () => {
    const draw = (seed: number) => {
      const random = seededRandom(seed);
      return Array.from({ length: 20 }, () => random.int(1000));
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('draws whole numbers below the bound, all of them about equally often', () => {
    const random = seededRandom(1);
    const counts = [0, 0, 0, 0, 0];
    for (let draw = 0; draw < 50_000; draw++) {
      const value = random.int(5);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    expect(counts).toHaveLength(5);
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  it('picks only what is there, and says so when nothing is', () => {
    const random = seededRandom(2);
    const seen = new Set(Array.from({ length: 100 }, () => random.pick(['a', 'b'])));
    expect([...seen].sort()).toEqual(['a', 'b']);
    expect(() => random.pick([])).toThrow(RangeError);
  });
});

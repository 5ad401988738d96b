import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../lib/testing/index.ts';
import { randomLog } from '../testing/random-log.ts';
import { Tags } from './tags.ts';

describe('tags of a text', () => {
  it('go where the units go, and tell which revision brought each', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const { entries, texts, letters } = randomLog(seededRandom(seed), 60, 3);
      const tags = Tags.filled(0, 0);
      const early = new Map<number, ReturnType<Tags['snapshot']>>();
      for (const { rev, op } of entries) {
        tags.apply(op, rev);
        if (rev % 20 === 0) early.set(rev, tags.snapshot());
      }
      const expected = (rev: number) => Array.from(texts[rev] ?? '', (letter) => letters.get(letter)?.rev);
      expect([...tags.all()]).toEqual(expected(60));
      for (const [rev, snapshot] of early) expect([...Tags.from(snapshot).all()]).toEqual(expected(rev));
    }
  });

  it('hold numbers of 30 bits, and count', () => {
    const tags = Tags.counting(70_000);
    tags.apply([32_767, 'ab', -2], 2 ** 30 - 1);
    expect(tags.slice(32_765, 32_771)).toEqual(
      Uint32Array.of(32_766, 32_767, 2 ** 30 - 1, 2 ** 30 - 1, 32_770, 32_771),
    );
    expect(tags.slice(69_999, 70_000)).toEqual(Uint32Array.of(70_000));
    expect(() => tags.apply([70_001, 'x'], 1)).toThrow(RangeError);
    expect(tags.length).toBe(70_000);
  });

  it('count what an op inserts, each unit for itself', () => {
    const tags = Tags.filled(2, 7);
    tags.applyCounting(['ab', 1, 'c', -1], 32_767);
    expect([...tags.all()]).toEqual([32_767, 32_768, 7, 32_769]);
  });
});

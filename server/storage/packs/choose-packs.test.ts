import { describe, expect, it } from 'vitest';
import { firstToMerge, MOST_ENTRIES, MOST_SIZE, type PackSize } from './choose-packs.ts';

const NO_LOOSE = { entries: 0, size: 0 };

function packs(...entries: number[]): PackSize[] {
  return entries.map((count) => ({ entries: count, size: count, isSqueezed: true }));
}

describe('which packs become one', () => {
  it('those of which enough is new, from the newest on', () => {
    const all = packs(100_000, 8_000, 900, 100);
    expect(firstToMerge(all, { entries: 500, size: 500 }, 2)).toBe(2);
    expect(firstToMerge(all, { entries: 500, size: 500 }, 8)).toBe(1);
    expect(firstToMerge(all, { entries: 500, size: 500 }, 12)).toBe(0);
    expect(firstToMerge(all, { entries: 10, size: 10 }, 2)).toBe(4);
    expect(firstToMerge([], { entries: 10, size: 10 }, 2)).toBe(0);
  });

  it('none if nothing is new, but what was never compressed', () => {
    expect(firstToMerge(packs(900, 100), NO_LOOSE, 8)).toBe(2);
    const plain = packs(900, 100).map((pack, index) => ({ ...pack, isSqueezed: index === 0 }));
    expect(firstToMerge(plain, NO_LOOSE, 2)).toBe(1);
  });

  it('no more than can be opened quickly, and one that is larger by itself', () => {
    expect(firstToMerge(packs(MOST_ENTRIES - 5), { entries: 10, size: 10 }, Infinity)).toBe(1);
    const large = { entries: 2, size: MOST_SIZE, isSqueezed: true };
    expect(firstToMerge([large], { entries: 10, size: 10 }, 8)).toBe(1);
    expect(firstToMerge([{ ...large, size: 2 * MOST_SIZE, isSqueezed: false }], NO_LOOSE, 8)).toBe(0);
  });

  it('so that a log that grows has few packs, and each entry is written a few times only', () => {
    let all: PackSize[] = [];
    let written = 0;
    for (let session = 0; session < 200; session++) {
      const fresh = { entries: 1_000, size: 1_000 };
      const first = firstToMerge(all, fresh, 1);
      const entries = all.slice(first).reduce((sum, pack) => sum + pack.entries, fresh.entries);
      all = [...all.slice(0, first), { entries, size: entries, isSqueezed: true }];
      written += entries;
    }
    expect(all.length).toBeLessThan(10);
    expect(written / 200_000).toBeLessThan(8);
  });
});

import { describe, expect, it } from 'vitest';
import { firstPortion } from './portion.ts';

const edits = (...lengths: number[]) => lengths.map((length) => ({ op: ['x'.repeat(length)] }));

describe('a portion of edits', () => {
  it('[P9] has no more of them than it may', () => {
    expect(firstPortion(edits(1, 1, 1, 1), 3, 1_000)).toHaveLength(3);
    expect(firstPortion(edits(1, 1), 3, 1_000)).toHaveLength(2);
    expect(firstPortion([], 3, 1_000)).toEqual([]);
  });

  it('[P9] has no more units than it may, but at least one edit', () => {
    expect(firstPortion(edits(400, 400, 400), 10, 1_000)).toHaveLength(2);
    expect(firstPortion(edits(4_000, 1), 10, 1_000)).toHaveLength(1);
    expect(firstPortion(edits(1, 4_000), 10, 1_000)).toHaveLength(1);
  });
});

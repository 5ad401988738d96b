import { expect, it } from 'vitest';
import { duration, durationInWords, numeral, topOf, weight } from './numbers.ts';

it('writes numbers as people read them', () => {
  expect([0, 0.4, 9.96, 14.4, 1_904].map(numeral)).toEqual(['0', '0.4', '10', '14', '1,904']);
  expect([0, 999, 1_500, 212_400_000, 3_100_000_000].map(weight)).toEqual([
    '0 B',
    '999 B',
    '1.5 KB',
    '212 MB',
    '3.1 GB',
  ]);
});

it('writes times by their largest unit', () => {
  expect([-1, 12_900, 61_000, 4 * 3_600_000, 9.2 * 86_400_000].map(duration)).toEqual([
    '0 s',
    '12 s',
    '1 min',
    '4 h',
    '9 d',
  ]);
  expect([59_000, 3_660_000, 9 * 86_400_000 + 3_600_000].map(durationInWords)).toEqual([
    '59 seconds',
    '1 hour, 1 minute',
    '9 days, 1 hour',
  ]);
});

it('finds a round number above everything', () => {
  expect([[], [null, 0.2], [1], [1.1], [26], [51], [301], [999]].map(topOf)).toEqual([1, 1, 1, 2, 30, 100, 500, 1_000]);
});

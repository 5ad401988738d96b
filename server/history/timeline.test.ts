import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../lib/testing/index.ts';
import { authorship } from './authorship.ts';
import { Marks } from './marks.ts';
import { randomLog } from '../testing/random-log.ts';
import { timeline } from './timeline.ts';

function marksOf(authors: readonly number[], times: readonly number[]): Marks {
  const marks = new Marks();
  marks.add({ authors: Uint32Array.from(authors), times: Float64Array.from(times) });
  return marks;
}

describe('the timeline', () => {
  it('has buckets of equal numbers of revisions, which lose and double none', () => {
    const { entries } = randomLog(seededRandom(3), 1_000, 5);
    const marks = marksOf(
      entries.map(({ author }) => author),
      entries.map(({ at }) => at),
    );
    for (const [rev, count] of [
      [1_000, 400],
      [1_000, 7],
      [999, 1_000],
      [1, 1],
      [3, 400],
    ] as const) {
      const buckets = timeline(marks, rev, count);
      expect(buckets).toHaveLength(Math.min(rev, count));
      expect([buckets[0]?.first, buckets.at(-1)?.last]).toEqual([1, rev]);
      const sizes = buckets.map(({ first, last }) => last - first + 1);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(2);
      for (const [index, { first, last, from, to, edits }] of buckets.entries()) {
        expect(first).toBe((buckets[index - 1]?.last ?? 0) + 1);
        expect([from, to]).toEqual([first * 10, last * 10]);
        for (const [author, made] of edits) {
          expect(made).toBe(
            entries.filter((one) => one.author === author && one.rev >= first && one.rev <= last).length,
          );
        }
        expect(edits.reduce((sum, [, made]) => sum + made, 0)).toBe(last - first + 1);
      }
    }
    expect(timeline(marks, 0, 400)).toEqual([]);
  });

  it('finds the newest revision at or before a time, though clocks were set back', () => {
    const marks = marksOf([1, 1, 1, 1], [100, 300, 200, 400]);
    expect([99, 100, 199, 250, 300, 1_000].map((time) => marks.revAt(time))).toEqual([0, 1, 1, 3, 3, 4]);
  });
});

describe('authorship', () => {
  it('joins what one author wrote within a minute', () => {
    const marks = marksOf([1, 1, 2, 1], [0, 30_000, 40_000, 200_000]);
    expect(authorship(Uint32Array.of(1, 1, 2, 3, 3, 4, 1), marks, 100)).toEqual([
      [3, 1, 30_000],
      [2, 2, 40_000],
      [1, 1, 200_000],
      [1, 1, 0],
    ]);
    expect(authorship(Uint32Array.of(1, 1, 2, 3, 3, 4, 1), marks, 3)).toEqual([
      [3, 1, 30_000],
      [2, 2, 40_000],
      [2, 1, 200_000],
    ]);
    expect(authorship(new Uint32Array(0), marks, 3)).toEqual([]);
  });
});

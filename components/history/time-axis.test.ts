import { describe, expect, it } from 'vitest';
import type { Bucket } from './history-types.ts';
import { nextBurst, timeAxis } from './time-axis.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Buckets of 10 revisions that took a minute each, begun at these times. */
const bucketsAt = (...times: number[]): Bucket[] =>
  times.map((from, index) => ({
    first: index * 10 + 1,
    last: index * 10 + 10,
    from,
    to: from + MINUTE / 2,
    edits: [[1 + (index % 2), 10]],
  }));

describe('the axis of the timeline', () => {
  const buckets = bucketsAt(0, MINUTE, 2 * MINUTE, 2 * MINUTE + 100 * HOUR, 3 * MINUTE + 100 * HOUR);
  const axis = timeAxis(buckets, 50);

  it('goes from 0 to 1, ascends, and leads back to the same revision', () => {
    expect(axis.placeOf(0)).toBe(0);
    expect(axis.placeOf(50)).toBe(1);
    for (let rev = 1; rev <= 50; rev++) {
      expect(axis.placeOf(rev)).toBeGreaterThan(axis.placeOf(rev - 1));
      expect(axis.revAt(axis.placeOf(rev))).toBe(rev);
    }
    expect(axis.revAt(-1)).toBe(1);
    expect(axis.revAt(2)).toBe(50);
  });

  it('shows a pause of days wider than what is written in a minute, but not by its length', () => {
    const width = (index: number) => axis.placeOf(index * 10 + 10) - axis.placeOf(index * 10);
    expect(width(2)).toBeCloseTo(6 * width(0));
    expect(width(1)).toBeCloseTo(width(0));
  });

  it('puts every edit into a bar', () => {
    const bars = axis.bars(7);
    const sum = (author: number) =>
      bars.flatMap(({ edits }) => edits.filter(([one]) => one === author)).reduce((all, [, many]) => all + many, 0);
    expect(bars).toHaveLength(7);
    expect(sum(1)).toBeCloseTo(30);
    expect(sum(2)).toBeCloseTo(20);
  });

  it('marks where another day begins', () => {
    const days = axis.days();
    expect(days.map(({ at }) => at)).toEqual([2 * MINUTE + 100 * HOUR]);
    expect(days[0]?.place).toBeCloseTo(axis.placeOf(30));
  });

  it('tells about when a revision came', () => {
    expect(axis.timeOf(1)).toBe(0);
    expect(axis.timeOf(10)).toBe(MINUTE / 2);
    expect(axis.timeOf(50)).toBe(3 * MINUTE + 100 * HOUR + MINUTE / 2);
  });

  it('what came after it was asked for stands at the end', () => {
    const grown = timeAxis(buckets, 60);
    expect(grown.placeOf(55)).toBe(1);
    expect(grown.revAt(1)).toBe(60);
    expect(grown.placeOf(50)).toBe(1);
  });

  it('a room without revisions, and one whose revisions all came at once', () => {
    expect(timeAxis([], 0).revAt(0.5)).toBe(0);
    expect(timeAxis([], 0).placeOf(0)).toBe(0);
    expect(timeAxis([], 0).bars(3)).toHaveLength(3);
    const once = timeAxis([{ first: 1, last: 4, from: 5, to: 5, edits: [[1, 4]] }], 4);
    expect(once.placeOf(2)).toBe(0.5);
    expect(once.revAt(0.5)).toBe(2);
  });
});

describe('Page Up and Page Down', () => {
  const buckets = bucketsAt(0, MINUTE / 2, HOUR, 2 * HOUR);
  // Short rooms would be crossed in twentieths, so pretend that much follows.
  const newest = 1000;

  it('go to the end of the burst before or after', () => {
    expect(nextBurst(buckets, newest, 5, 1)).toBe(20);
    expect(nextBurst(buckets, newest, 20, 1)).toBe(30);
    expect(nextBurst(buckets, newest, 35, -1)).toBe(30);
    expect(nextBurst(buckets, newest, 30, -1)).toBe(20);
    expect(nextBurst(buckets, newest, 20, -1)).toBe(1);
  });

  it('cross no more than a twentieth, and stay inside', () => {
    expect(nextBurst(buckets, 100, 21, 1)).toBe(26);
    expect(nextBurst(buckets, 40, 40, 1)).toBe(40);
    expect(nextBurst(buckets, 40, 1, -1)).toBe(1);
  });
});

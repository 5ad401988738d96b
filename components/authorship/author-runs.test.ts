import { ChangeSet } from '@codemirror/state';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { authorsBetween, runsAfter, runsOf, type AuthorRuns } from './author-runs.ts';

const change = (length: number, ...parts: { from: number; to?: number; insert?: string }[]) =>
  ChangeSet.of(parts, length);

function listed(runs: AuthorRuns): [number, number, number][] {
  const all: [number, number, number][] = [];
  runs.between(0, 1e9, (from, to, { author }) => {
    all.push([from, to, author]);
  });
  return all;
}

it('[page] what is typed inside of another one’s text is one’s own, letter by letter one run', () => {
  let runs = runsOf([[10, 1, 0]]);
  runs = runsAfter(runs, change(10, { from: 4, insert: 'a' }), 2, 5);
  runs = runsAfter(runs, change(11, { from: 5, insert: 'b' }), 2, 6);
  expect(listed(runs)).toEqual([
    [0, 4, 1],
    [4, 6, 2],
    [6, 12, 1],
  ]);
});

it('[page] text typed at the edge of a run, or in the place of it, is not part of it', () => {
  const runs = runsOf([
    [4, 1, 0],
    [4, 2, 0],
  ]);
  expect(listed(runsAfter(runs, change(8, { from: 4, insert: 'xy' }), 3, 9))).toEqual([
    [0, 4, 1],
    [4, 6, 3],
    [6, 10, 2],
  ]);
  expect(listed(runsAfter(runs, change(8, { from: 4, to: 8, insert: 'z' }), 3, 9))).toEqual([
    [0, 4, 1],
    [4, 5, 3],
  ]);
});

it('[page] every unit has the author that a list of single units would have', () => {
  const step = fc.record({
    at: fc.nat(1_000),
    remove: fc.nat(6),
    insert: fc.nat(6),
    author: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let units: number[] = Array.from({ length: 40 }, (_, index) => 1 + (index % 3));
      let runs = runsOf(units.map((author) => [1, author, 0] as const));
      for (const [time, { at, remove, insert, author }] of steps.entries()) {
        const from = at % (units.length + 1);
        const to = Math.min(units.length, from + remove);
        const changes = change(units.length, { from, to, insert: 'x'.repeat(insert) });
        runs = runsAfter(runs, changes, author, time * 30_000);
        units = [...units.slice(0, from), ...Array.from({ length: insert }, () => author), ...units.slice(to)];
      }
      const flat: number[] = [];
      for (const [from, to, author] of listed(runs)) {
        expect(from).toBe(flat.length);
        for (let i = from; i < to; i += 1) flat.push(author);
      }
      expect(flat).toEqual(units);
    }),
  );
});

it('[page] a line is of who wrote most of it, and of two of whom wrote last', () => {
  const runs = runsOf([
    [5, 1, 10],
    [9, 2, 20],
    [3, 3, 30],
    [6, 1, 40],
  ]);
  expect(authorsBetween(runs, 0, 23)).toEqual({ main: 1, at: 40, others: [2, 3] });
  expect(authorsBetween(runs, 0, 10)).toEqual({ main: 2, at: 20, others: [1] });
  expect(authorsBetween(runs, 23, 23)).toBeNull();
  expect(authorsBetween(runsOf([[5, 0, 1]]), 0, 5)).toBeNull();
});

it('[page] of many runs in a long text a sentence adds one, and moves those behind it', () => {
  let runs = runsOf(Array.from({ length: 20_000 }, (_, index) => [50, 1 + (index % 7), 0] as const));
  for (let i = 0; i < 200; i += 1) {
    runs = runsAfter(runs, change(1_000_000 + i, { from: 500_010 + i, insert: 'x' }), 9, i);
  }
  expect(runs.size).toBe(20_002);
  expect(authorsBetween(runs, 500_010, 500_210)).toEqual({ main: 9, at: 199, others: [] });
  expect(authorsBetween(runs, 1_000_150, 1_000_200)?.main).toBe(1 + (19_999 % 7));
});

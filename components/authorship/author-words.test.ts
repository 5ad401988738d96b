import { expect, it } from 'vitest';
import { authorWords, whenWords } from './author-words.ts';
import { whoWrote } from './read-authorship.ts';

const noon = new Date(2026, 10, 21, 12, 0).getTime();

it('[page] says times as people do', () => {
  expect(whenWords(new Date(2026, 10, 21, 9, 5).getTime(), noon)).toBe('today, 09:05');
  expect(whenWords(new Date(2026, 10, 20, 23, 59).getTime(), noon)).toBe('yesterday, 23:59');
  expect(whenWords(new Date(2026, 10, 1, 16, 48).getTime(), noon)).toBe('1 November, 16:48');
  expect(whenWords(new Date(2025, 10, 1, 16, 48).getTime(), noon)).toBe('1 November 2025, 16:48');
});

it('[page] names the main author and some of the others', () => {
  const names = new Map([
    [1, { name: 'Ann', color: 4 }],
    [2, { name: 'Bo', color: 5 }],
  ]);
  const words = authorWords({ main: 1, at: noon, others: [2, 9] }, names, noon);
  expect(words).toEqual({ name: 'Ann', color: 4, when: 'today, 12:00', also: 'Also Bo, Somebody' });
  expect(authorWords({ main: 1, at: noon, others: [] }, names, noon).also).toBe('');
});

it('[page] takes only an answer to its own question', () => {
  const body = { rev: 5, runs: [[3, 1, 10]], authors: [{ author: 1, name: 'Ann', color: 4 }] };
  expect(whoWrote(body, 5)).toEqual({ runs: [[3, 1, 10]], authors: new Map([[1, { name: 'Ann', color: 4 }]]) });
  expect(whoWrote(body, 6)).toBeNull();
  for (const runs of [[[3, 1]], [[-1, 1, 10]], ['x'], null]) expect(whoWrote({ ...body, runs }, 5)).toBeNull();
  expect(whoWrote({ ...body, authors: [{ author: 1 }] }, 5)).toBeNull();
  expect(whoWrote(null, 5)).toBeNull();
});

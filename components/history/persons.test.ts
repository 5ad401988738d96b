import { expect, it } from 'vitest';
import { personsOf } from './persons.ts';

it('is one person for each name and colour, the busiest first, without those who only read', () => {
  const authors = [
    { author: 1, name: 'Ann', color: 1 },
    { author: 2, name: 'Bob', color: 2 },
    { author: 3, name: 'Ann', color: 1 },
    { author: 4, name: 'Ann', color: 5 },
    { author: 5, name: 'Eve', color: 6 },
  ];
  const edits: [number, number][] = [
    [1, 2],
    [2, 4],
    [3, 3],
    [4, 1],
  ];
  const persons = personsOf(authors, [{ first: 1, last: 10, from: 0, to: 0, edits }]);
  expect(persons.map(({ name, authors: numbers, edits: many }) => [name, numbers, many])).toEqual([
    ['Ann', [1, 3], 5],
    ['Bob', [2], 4],
    ['Ann', [4], 1],
  ]);
});

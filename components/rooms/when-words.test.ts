import { expect, it } from 'vitest';
import { whenWords } from './when-words.ts';

const now = new Date(2027, 2, 10, 15, 0).getTime();
it.each([
  [new Date(2027, 2, 10, 14, 59, 30), 'just now'],
  [new Date(2027, 2, 10, 14, 48), '12 minutes ago'],
  [new Date(2027, 2, 10, 13, 59), '1 hour ago'],
  [new Date(2027, 2, 9, 23, 59), 'yesterday'],
  [new Date(2027, 0, 3), '3 January'],
  [new Date(2026, 11, 3), '3 December 2026'],
  // A clock that was set back.
  [new Date(2027, 2, 11), 'just now'],
])('%s is %s', (at, words) => {
  expect(whenWords(at.getTime(), now)).toBe(words);
});

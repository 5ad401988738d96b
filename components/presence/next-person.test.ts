import { expect, it } from 'vitest';
import { nextCaret } from './next-person.ts';

const at = (author: number, ...heads: number[]) => ({
  author,
  name: `P${author}`,
  color: author,
  ranges: heads.map((head) => [head, head] as const),
});

it('[page] goes through the carets in the order of the text and around its end', () => {
  const carets = [at(1, 50), at(2, 10), at(3, 90), at(4)];
  const walk = (step: 1 | -1, last: number | null) => nextCaret(carets, last, step)?.author;
  expect([walk(1, null), walk(1, 2), walk(1, 1), walk(1, 3)]).toEqual([2, 1, 3, 2]);
  expect([walk(-1, null), walk(-1, 3), walk(-1, 1), walk(-1, 2)]).toEqual([3, 1, 2, 3]);
});

it('[page] begins anew when the last one has left, and finds nobody in an empty room', () => {
  expect(nextCaret([at(1, 5)], 9, 1)?.author).toBe(1);
  expect(nextCaret([], null, 1)).toBeNull();
});

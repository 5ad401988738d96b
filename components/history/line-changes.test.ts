import { expect, it } from 'vitest';
import { seededRandom } from '../../lib/testing/index.ts';
import { lineChanges } from './line-changes.ts';

function applied(before: string, after: string): string {
  let [text, at] = ['', 0];
  for (const { from, to, insert } of lineChanges(before, after)) {
    expect(from).toBeGreaterThanOrEqual(at);
    expect(to).toBeLessThanOrEqual(before.length);
    text += before.slice(at, from) + insert;
    at = to;
  }
  return text + before.slice(at);
}

it('leads from any text to any other', () => {
  const random = seededRandom(3);
  const text = () =>
    Array.from({ length: random.int(7) }, () => ['a', 'b', 'ab', '', '👋', 'long'][random.int(6)] ?? '').join('\n');
  for (let round = 0; round < 3000; round++) {
    const [before, after] = [text(), text()];
    expect(applied(before, after), JSON.stringify([before, after])).toBe(after);
  }
});

it('leaves alone what both have', () => {
  expect(lineChanges('one\ntwo\nthree', 'zero\none\ntwo\nthree!')).toEqual([
    { from: 0, to: 0, insert: 'zero\n' },
    { from: 13, to: 13, insert: '!' },
  ]);
  expect(lineChanges('one\ntwo', 'one')).toEqual([{ from: 3, to: 7, insert: '' }]);
  expect(lineChanges('one', 'one\ntwo')).toEqual([{ from: 3, to: 3, insert: '\ntwo' }]);
  expect(lineChanges('same', 'same')).toEqual([]);
});

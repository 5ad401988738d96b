import { describe, expect, it } from 'vitest';
import { compose, composeAll, identity, mapPosition, transform, transformPair } from './index.ts';

describe('transform', () => {
  it('[P4] puts the left text first where both insert', () => {
    expect(transform([2, 'L'], [2, 'RR'], 'left')).toEqual([2, 'L']);
    expect(transform([2, 'RR'], [2, 'L'], 'right')).toEqual([3, 'RR']);
    expect(transform(['L', -1], [2, 'x'], 'left')).toEqual(['L', -1]);
  });

  it('[P4] puts a tie of an insert and a replace by the same rule', () => {
    expect(transformPair([1, 'X', -2], [1, 'Y'])).toEqual([
      [1, 'X', 1, -2],
      [2, 'Y'],
    ]);
    expect(transformPair([1, 'Y'], [1, 'X', -2])).toEqual([
      [1, 'Y'],
      [2, 'X', -2],
    ]);
  });

  it('[P4] keeps an insert into text that the other deletes, behind what took its place', () => {
    expect(transform([3, 'Y'], [2, 'X', -3], 'right')).toEqual([3, 'Y']);
    expect(transform([2, 'X', -3], [3, 'Y'], 'left')).toEqual([2, 'X', -1, 1, -2]);
  });

  it('[P4] deletes once what both delete', () => {
    expect(transformPair([1, -3], [2, -3])).toEqual([
      [1, -1],
      [1, -1],
    ]);
    expect(transformPair([1, -3], [1, -3])).toEqual([identity, identity]);
    expect(transformPair([1, 'a', -3], [1, 'b', -3])).toEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
  });

  it('returns the same array if nothing moves', () => {
    const op = [3, 'a', -1];
    expect(transform(op, [5, 'b'], 'right')).toBe(op);
    expect(transform(op, [4, 'b'], 'right')).toBe(op);
    expect(transform(op, [1, 'b', -1], 'right')).toBe(op);
    expect(transform(op, identity, 'right')).toBe(op);
    expect(transform(identity, op, 'right')).toBe(identity);
  });

  it('[P4] goes along a history one op at a time, for the composed history can lead elsewhere', () => {
    // In "abc" the others delete b and put one back. Our insert was behind the first b, and where both were gone it ties.
    const gone = [1, -1];
    const back = [1, 'b'];
    const mine = [2, 'x'];
    expect(transform(transform(mine, gone, 'left'), back, 'left')).toEqual([1, 'x']);
    expect(transform(mine, compose(gone, back), 'left')).toEqual([2, 'x']);
  });
});

describe('mapPosition', () => {
  it('[P4] stays before or moves after an insert at the place, as its bias says', () => {
    expect(mapPosition(2, [2, 'abc'], 'before')).toBe(2);
    expect(mapPosition(2, [2, 'abc'], 'after')).toBe(5);
    expect(mapPosition(0, ['a', -1], 'before')).toBe(0);
    expect(mapPosition(0, ['a', -1], 'after')).toBe(1);
  });

  it('[P4] ends where the deleted text was', () => {
    for (const position of [2, 3, 4]) expect(mapPosition(position, [2, -2, 1, 'x'], 'after')).toBe(2);
    expect(mapPosition(6, [2, -2, 1, 'x'], 'before')).toBe(5);
    expect(mapPosition(3, [2, 'x', -2], 'before')).toBe(3);
  });
});

describe('composeAll', () => {
  it('composes typing into one insert, and nothing into identity', () => {
    const letters = 'a long line of typing'.split('');
    expect(composeAll(letters.map((letter, index) => (index === 0 ? [letter] : [index, letter])))).toEqual([
      letters.join(''),
    ]);
    expect(composeAll([])).toBe(identity);
    expect(composeAll([['a'], [-1]])).toEqual([]);
  });
});

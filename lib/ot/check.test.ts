import { describe, expect, it } from 'vitest';
import { checkOp, fitOp, maxParts, Text } from './index.ts';

describe('checkOp', () => {
  it.each([
    [[]],
    [['a']],
    [[5, 'abc', -2]],
    [[-2]],
    [['a', -1, 3, 'b', 1, -1]],
    [[1, '😀']],
    [[Number.MAX_SAFE_INTEGER, 'a']],
  ])('[P7] takes %j', (op) => {
    expect(checkOp(op)).toBeNull();
  });

  it.each([
    [null, 'not-an-op'],
    [undefined, 'not-an-op'],
    ['abc', 'not-an-op'],
    [7, 'not-an-op'],
    [{ length: 1, 0: 'a' }, 'not-an-op'],
    [[null], 'not-an-op'],
    [[true], 'not-an-op'],
    [[['a']], 'not-an-op'],
    [[1.5, 'a'], 'not-an-op'],
    [[NaN], 'not-an-op'],
    [[-Infinity], 'not-an-op'],
    [[2 ** 53, 'a'], 'not-an-op'],
    [[-(2 ** 53)], 'not-an-op'],
    [Object.assign([], { length: 1 }), 'not-an-op'],
    [[0, 'a'], 'not-canonical'],
    [[-0], 'not-canonical'],
    [[''], 'not-canonical'],
    [[1], 'not-canonical'],
    [['a', 1], 'not-canonical'],
    [[-1, 1], 'not-canonical'],
    [[1, 1, 'a'], 'not-canonical'],
    [['a', 'b'], 'not-canonical'],
    [[-1, -1], 'not-canonical'],
    [[-1, 'a'], 'not-canonical'],
    [['a\r'], 'unclean-text'],
    [['\ud83d'], 'unclean-text'],
    [['\ude00'], 'unclean-text'],
    [['\ud83d\ud83d\ude00'], 'unclean-text'],
    [['a\ude00\ud83d'], 'unclean-text'],
  ])('[P7] refuses %j', (value, code) => {
    expect(checkOp(value)?.code).toBe(code);
  });

  it('[P9] refuses more than the most parts, before it looks at any', () => {
    const parts = (count: number) => Array.from({ length: count }, (_, index) => (index % 2 === 0 ? 1 : 'a'));
    expect(checkOp(parts(maxParts))).toBeNull();
    expect(checkOp(parts(maxParts + 2))).toEqual({
      code: 'too-many-parts',
      message: `The op has ${maxParts + 2} parts, and ${maxParts} are allowed.`,
    });
    expect(checkOp(parts(6), 4)?.code).toBe('too-many-parts');
    expect(checkOp(parts(maxParts + 2), Infinity)).toBeNull();
  });

  it('says in a sentence where the fault is', () => {
    expect(checkOp([1, 'ab\rc'])?.message).toBe('Part 1 of the op has a carriage return at unit 2.');
    expect(checkOp([1, 'a', -1, 'b'])?.message).toBe('Part 3 of the op inserts after a delete; inserts come first.');
  });
});

describe('fitOp', () => {
  it('[P7] refuses what reaches beyond the text, by how much it does', () => {
    expect(fitOp([3, 'a'], 'abc')).toBeNull();
    expect(fitOp([4, 'a'], 'abc')).toEqual({
      code: 'too-long',
      message: 'The op reaches to unit 4, and the text has 3.',
    });
    expect(fitOp([1, -3], 'abc')?.code).toBe('too-long');
    expect(fitOp([Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER], 'abc')?.code).toBe('too-long');
  });

  it.each([
    ['an insert', [2, 'x']],
    ['the start of a delete', [2, -1]],
    ['the end of a delete', [1, -1]],
    ['the end of a delete before a retain', [-2, 1, 'x']],
  ])('[P6] refuses %s inside a pair', (_, op) => {
    expect(fitOp(op, 'a😀b')).toEqual({
      code: 'splits-pair',
      message: 'The op has a boundary at unit 2, inside a surrogate pair.',
    });
    expect(fitOp(op, Text.of('a😀b'))?.code).toBe('splits-pair');
  });

  it('[P6] takes boundaries around pairs and between two of them', () => {
    for (const op of [
      [1, 'x'],
      [3, 'x'],
      [1, -2],
      [1, 'y', -2, 2, 'x'],
      [5, 'x'],
    ])
      expect(fitOp(op, 'a😀😁')).toBeNull();
  });
});

import { expect, it } from 'vitest';
import { seededRandom } from '../testing/index.ts';
import { lengthChange, replacement, transform, transformOver, type Op } from './index.ts';
import { randomOp } from './random-op.ts';

const ROUNDS = 20_000;

it('[P4] moves an edit over a history as one step after the other would', () => {
  const kinds = { moved: 0, split: 0, gone: 0 };
  for (let seed = 1; seed <= ROUNDS; seed++) {
    const random = seededRandom(seed);
    // So short that edits meet, cut each other and swallow each other.
    let length = random.int(12);
    const one = (): Op => {
      const at = random.int(length + 1);
      const deleted = random.int(3) === 0 ? random.int(length - at + 1) : 0;
      return replacement(at, deleted, random.pick(['', 'x', 'yz']));
    };
    const op = one();
    const others: Op[] = [];
    for (let left = random.int(12); left > 0; left--) {
      const other = random.int(6) === 0 ? randomOp(random, '.'.repeat(length))[0] : one();
      length += lengthChange(other);
      others.push(other);
    }
    const expected = others.reduce((moved, other) => transform(moved, other, 'right'), op);
    expect(transformOver(op, others), `seed ${seed}`).toEqual(expected);
    if (expected.length === 0) kinds.gone++;
    else if (expected.length > 3) kinds.split++;
    else kinds.moved++;
  }
  expect(Math.min(...Object.values(kinds))).toBeGreaterThan(100);
});

it('gives back the same op if nothing moves it', () => {
  const op = replacement(3, 1, 'a');
  expect(transformOver(op, [replacement(9, 0, 'b'), [], replacement(4, 2, '')])).toBe(op);
  expect(transformOver(op, [])).toBe(op);
  expect(transformOver([], [replacement(0, 0, 'b')])).toEqual([]);
});

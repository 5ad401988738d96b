import { describe, expect, it } from 'vitest';
import type { SeededRandom } from '../testing/seeded-random.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { apply, checkOp, OpBuilder } from './index.ts';

describe('OpBuilder', () => {
  it('merges neighbours and drops what is empty, and the retain at the end', () => {
    const op = new OpBuilder().retain(1).retain(2).insert('a').insert('').insert('b').remove(0).remove(1).remove(2);
    expect(op.retain(0).retain(4).done()).toEqual([3, 'ab', -3]);
    expect(new OpBuilder().retain(4).done()).toEqual([]);
  });

  it('moves an insert before the deletes that it follows', () => {
    expect(new OpBuilder().remove(2).insert('a').done()).toEqual(['a', -2]);
    expect(new OpBuilder().insert('a').remove(2).insert('b').remove(1).insert('c').done()).toEqual(['abc', -3]);
    expect(new OpBuilder().retain(1).remove(2).insert('b').retain(1).done()).toEqual([1, 'b', -2]);
  });

  it('takes over parts of another op, whatever they meet', () => {
    expect(new OpBuilder().remove(1).addRest([9, 'a', -2, 3, 'b'], 1).done()).toEqual(['a', -3, 3, 'b']);
    expect(new OpBuilder().retain(1).addRest([4, 'b'], 0).done()).toEqual([5, 'b']);
    expect(new OpBuilder().retain(1).addRest([4, 'b'], 2).done()).toEqual([]);
  });

  it('is canonical after any calls', () => {
    for (let seed = 0; seed < 5_000; seed++) {
      const random = seededRandom(seed);
      const { op, text, expected } = randomCalls(random);
      expect(checkOp(op), `seed ${seed}`).toBeNull();
      expect(apply(text, op), `seed ${seed}`).toBe(expected);
    }
  });
});

/** Calls a builder at random, and does the same to a text by hand. */
function randomCalls(random: SeededRandom) {
  const builder = new OpBuilder();
  const text = 'abcdefghijklmnopqrstuvwxyz';
  let expected = '';
  let position = 0;
  for (let call = random.int(10); call > 0; call--) {
    const count = random.int(3);
    const kind = random.int(3);
    if (kind === 0) {
      builder.insert('+'.repeat(count));
      expected += '+'.repeat(count);
    } else {
      if (kind === 1) expected += text.slice(position, position + count);
      builder.add(kind === 1 ? count : -count);
      position += count;
    }
  }
  return { op: builder.done(), text, expected: expected + text.slice(position) };
}

import { describe, expect, it } from 'vitest';
import { seededRandom, type SeededRandom } from '../testing/index.ts';
import { apply, checkOp, compose, insertion, invert, mapPosition, OpBuilder, transform, type Op } from './index.ts';

const LENGTH = 400;

/** Up to 100 edits, close to each other, on a text of `length` units: enough parts for every shortcut. */
function largeOp(random: SeededRandom, length: number): Op {
  const op = new OpBuilder();
  let rest = length;
  for (let left = 1 + random.int(100); left > 0 && rest > 0; left--) {
    const kept = random.int(Math.min(rest, 6) + 1);
    const removed = random.int(3) > 0 ? random.int(Math.min(rest - kept, 3) + 1) : 0;
    op.retain(kept);
    if (random.int(3) > 0) op.insert('xyz'.slice(random.int(3)));
    op.remove(removed);
    rest -= kept + removed;
  }
  return op.done();
}

function plainText(random: SeededRandom, length: number): string {
  return Array.from({ length }, () => random.pick(['a', 'b', 'c', '\n'])).join('');
}

describe('ops of many parts', () => {
  it('[P4] positions go where an insert at the same place goes', () => {
    const random = seededRandom(1);
    for (let round = 0; round < 100; round++) {
      const [op, other] = [largeOp(random, LENGTH), largeOp(random, LENGTH)];
      for (let position = 0; position <= LENGTH; position++) {
        // By turns, so that what is remembered of one op is not taken for another's.
        const one = position % 7 === 0 ? other : op;
        const letter = insertion(position, 'i');
        const placeOf = (moved: Op) => (typeof moved[0] === 'number' ? moved[0] : 0);
        expect(mapPosition(position, one, 'before')).toBe(placeOf(transform(letter, one, 'left')));
        expect(mapPosition(position, one, 'after')).toBe(placeOf(transform(letter, one, 'right')));
      }
    }
  });

  it('[P4] two in one do what both do, and one behind the other is the same in any grouping', () => {
    const random = seededRandom(2);
    for (let round = 0; round < 500; round++) {
      const text = plainText(random, LENGTH);
      const first = largeOp(random, LENGTH);
      const between = apply(text, first);
      const second =
        random.int(2) === 0
          ? largeOp(random, between.length)
          : new OpBuilder()
              .retain(random.int(between.length + 1))
              .insert('new')
              .done();
      const after = apply(between, second);
      const third = largeOp(random, after.length);
      const both = compose(first, second);
      expect(checkOp(both)).toBeNull();
      expect(apply(text, both)).toBe(after);
      expect(compose(both, third)).toEqual(compose(first, compose(second, third)));
    }
  });

  it('[P11] what is inverted takes everything back', () => {
    const random = seededRandom(3);
    for (let round = 0; round < 500; round++) {
      const text = plainText(random, LENGTH);
      const op = largeOp(random, LENGTH);
      const back = invert(op, text);
      expect(checkOp(back)).toBeNull();
      expect(apply(apply(text, op), back)).toBe(text);
      expect(invert(back, apply(text, op))).toEqual(op);
    }
  });
});

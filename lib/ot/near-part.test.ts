import { describe, expect, it } from 'vitest';
import { baseSpan, checkOp, OpBuilder, transform, type Op } from './index.ts';
import { seededRandom, type SeededRandom } from '../testing/index.ts';
import { nearPart } from './near-part.ts';
import { transformNear } from './transform-near.ts';

const CASES = 20_000;
const LENGTH = 60;

/** Canonical, with inserts, deletes and replacements close to each other, on a text of `LENGTH` units. */
function randomOp(random: SeededRandom, edits: number): Op {
  const op = new OpBuilder();
  let rest = LENGTH;
  for (let edit = 0; edit < edits && rest > 0; edit++) {
    const kept = random.int(Math.min(rest, 8));
    op.retain(kept);
    rest -= kept;
    if (random.int(3) > 0) op.insert('abc'.slice(random.int(3)));
    if (random.int(3) > 0) {
      const removed = random.int(Math.min(rest, 4) + 1);
      op.remove(removed);
      rest -= removed;
    }
  }
  return op.done();
}

describe('nearPart', () => {
  it(`[P4] gives exactly what the transform of the whole gives, in canonical form (${CASES} cases)`, () => {
    const random = seededRandom(1);
    let cutShort = 0;
    for (let index = 0; index < CASES; index++) {
      const op = randomOp(random, 1 + random.int(12));
      const start = random.int(LENGTH);
      const far: Op = start === 0 ? randomOp(random, 1) : [start, ...([['x'], [-1], ['x', -1]][random.int(3)] ?? [])];
      const other = random.int(3) === 0 ? randomOp(random, 1 + random.int(3)) : far;
      if (op.length === 0 || other.length === 0) continue;
      const near = nearPart(op, other);
      if (!near) continue;
      cutShort += near.op.length < op.length ? 1 : 0;
      const what = JSON.stringify({ op, other });
      for (const part of [near.op, near.other]) expect(baseSpan(part), what).toBeLessThanOrEqual(LENGTH);
      const whole = near.whole({
        op: transform(near.op, near.other, 'right'),
        change: transform(near.other, near.op, 'left'),
      });
      expect(whole.op, what).toEqual(transform(op, other, 'right'));
      expect(whole.change, what).toEqual(transform(other, op, 'left'));
      for (const result of [whole.op, whole.change]) expect(checkOp(result), what).toBeNull();
    }
    expect(cutShort).toBeGreaterThan(CASES / 4);
  });

  it('[P4] makes a transform of a long op over a short one that gives the same, on either side', () => {
    const random = seededRandom(2);
    for (let index = 0; index < 2_000; index++) {
      const op: (number | string)[] = [];
      while (op.length < 200) op.push(1 + random.int(3), 'ab'.slice(random.int(2)), -1 - random.int(2));
      const at = random.int(baseSpan(op) + 9);
      const edit: Op = [['x'], [-1], ['x', -2]][random.int(3)] ?? [];
      const other = at === 0 ? edit : [at, ...edit];
      for (const side of ['left', 'right'] as const) {
        expect(transformNear(op, other, side)).toEqual(transform(op, other, side));
      }
      expect(transformNear(op, [], 'left')).toBe(op);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { seededRandom, type SeededRandom } from '../testing/index.ts';
import {
  baseSpan,
  checkOp,
  ChunkedOp,
  compose,
  lengthChange,
  mapPosition,
  OpBuilder,
  transform,
  transformOver,
  weight,
  type Op,
} from './index.ts';

/** Edits of each kind in every run: enough for many chunks that are cut, joined and emptied. */
const ROUNDS = 30;
const EDITS = 400;

/** Canonical, with inserts, deletes and replacements close to each other, on a text of `length` units. */
function randomOp(random: SeededRandom, length: number, edits: number): Op {
  const op = new OpBuilder();
  let rest = length;
  // Often far from the beginning, so that chunks lie before it.
  const start = random.int(4) === 0 ? 0 : random.int(length + 1);
  op.retain(start);
  rest -= start;
  for (let edit = 0; edit < edits && rest > 0; edit++) {
    const kept = edit === 0 ? 0 : random.int(Math.min(rest, 6));
    op.retain(kept);
    rest -= kept;
    if (random.int(3) > 0) op.insert('abc'.slice(random.int(3)));
    if (random.int(3) > 0) {
      const removed = random.int(Math.min(rest, random.int(8) === 0 ? 60 : 4) + 1);
      op.remove(removed);
      rest -= removed;
    }
  }
  return op.done();
}

function large(random: SeededRandom, length: number): Op {
  let op: Op = [];
  for (let edit = 0; edit < 200; edit++) op = compose(op, randomOp(random, length + lengthChange(op), 2));
  return op;
}

describe('ChunkedOp', () => {
  it('[P4] is composed, moved over others and they over it, exactly as one array is', () => {
    const seen = { most: 0, emptied: 0, wide: 0 };
    for (let seed = 1; seed <= ROUNDS; seed++) {
      const random = seededRandom(seed);
      let length = random.int(3) === 0 ? 40 : 1_500;
      let whole: Op = random.int(2) === 0 ? [] : large(random, length);
      let chunked = ChunkedOp.of(whole);
      for (let edit = 0; edit < EDITS; edit++) {
        const wide = random.int(20) === 0;
        const isOwn = random.int(2) === 0;
        const other = randomOp(random, isOwn ? length + lengthChange(whole) : length, wide ? 30 : 1);
        const what = `seed ${seed}, edit ${edit}`;
        if (isOwn) {
          whole = compose(whole, other);
          chunked = chunked.compose(other);
        } else {
          const { op, change } = chunked.alongside(other);
          expect(change, what).toEqual(transform(other, whole, 'left'));
          whole = transform(whole, other, 'right');
          chunked = op;
          length += lengthChange(other);
        }
        expect(chunked.toOp(), what).toEqual(whole);
        expect(chunked.weight, what).toBe(weight(whole));
        expect(chunked.isIdentity, what).toBe(whole.length === 0);
        seen.most = Math.max(seen.most, whole.length);
        seen.emptied += whole.length === 0 ? 1 : 0;
        seen.wide += wide ? 1 : 0;
      }
      expect(checkOp(chunked.toOp(), Infinity)).toBeNull();
    }
    expect(seen.most).toBeGreaterThan(250);
    expect(seen.emptied).toBeGreaterThan(20);
    expect(seen.wide).toBeGreaterThan(100);
  });

  it('[P4] moves positions as one array does', () => {
    for (let seed = 1; seed <= ROUNDS; seed++) {
      const random = seededRandom(seed);
      const op = large(random, 1_000);
      let chunked = ChunkedOp.of([]);
      for (const half of [op, randomOp(random, 1_000 + lengthChange(op), 1)]) chunked = chunked.compose(half);
      const whole = chunked.toOp();
      for (let position = 0; position <= baseSpan(whole) + 2; position++) {
        for (const bias of ['before', 'after'] as const) {
          expect(chunked.mapPosition(position, bias)).toBe(mapPosition(position, whole, bias));
        }
      }
    }
  });

  it('[P4] is what a late edit of many parts is moved as', () => {
    for (let seed = 1; seed <= ROUNDS; seed++) {
      const random = seededRandom(seed);
      const op = random.int(2) === 0 ? large(random, 1_000) : randomOp(random, 1_000, 3);
      const others: Op[] = [];
      let length = 1_000;
      for (let left = random.int(60); left > 0; left--) {
        const other = randomOp(random, length, 3);
        length += lengthChange(other);
        others.push(other);
      }
      const expected = others.reduce((moved, other) => transform(moved, other, 'right'), op);
      expect(transformOver(op, others)).toEqual(expected);
    }
  });

  it('does not change', () => {
    const op = ChunkedOp.of([3, 'abc', -1]);
    op.compose([2, 'x']);
    op.alongside([1, -3]);
    expect(op.toOp()).toEqual([3, 'abc', -1]);
    expect(op.compose([])).toBe(op);
    expect(op.alongside([])).toEqual({ op, change: [] });
  });

  it('has few chunks, however it came to be: its costs lie there', () => {
    const random = seededRandom(1);
    let whole: Op = [];
    let chunked = ChunkedOp.of([]);
    for (let edit = 0; edit < 3_000; edit++) {
      const op: Op = [1 + random.int(100_000), 'x'];
      whole = compose(whole, op);
      chunked = chunked.compose(op);
    }
    expect(chunked.toOp()).toEqual(whole);
    const { chunks } = JSON.parse(JSON.stringify(chunked)) as { chunks: unknown[] };
    expect(chunks.length).toBeLessThan(whole.length / 16);
  });
});

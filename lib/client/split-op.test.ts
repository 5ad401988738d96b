import { describe, expect, it } from 'vitest';
import { apply, checkOp, composeAll, isClean, OpBuilder, type Op } from '../ot/index.ts';
import { seededRandom, type SeededRandom } from '../testing/index.ts';
import { splitOp } from './split-op.ts';

const PIECES = ['a', 'word ', '"quoted"', '\\', '\n', '\t', '\u0001', 'é', '漢字', '😀', '👩‍👩‍👧'];

function pieces(op: Op, bytes: number, parts: number): Op[] {
  const all: Op[] = [];
  for (let rest: Op | null = op; rest;) {
    const cut = splitOp(rest, { bytes, parts });
    all.push(cut.first);
    rest = cut.rest;
  }
  return all;
}

function randomOp(random: SeededRandom, base: string): Op {
  const builder = new OpBuilder();
  for (let at = 0; at < base.length;) {
    const units = Math.min(1 + random.int(9), base.length - at);
    const kind = random.int(3);
    if (kind === 0) builder.retain(units);
    if (kind === 1) builder.remove(units);
    if (kind === 2) builder.insert(Array.from({ length: random.int(12) }, () => random.pick(PIECES)).join(''));
    if (kind !== 2) at += units;
  }
  return builder.done();
}

describe('splitOp', () => {
  it('leaves an op alone that is small enough', () => {
    const op: Op = [3, 'short'];
    expect(splitOp(op, { bytes: 1_000, parts: 100 })).toEqual({ first: op, rest: null });
  });

  it('[P9] keeps every piece within its bytes and parts, and together they are the op', () => {
    for (let seed = 1; seed <= 500; seed++) {
      const random = seededRandom(seed);
      const base = 'x'.repeat(random.int(80));
      const op = randomOp(random, base);
      const [bytes, parts] = [40 + random.int(120), 2 + random.int(6)];
      const cut = pieces(op, bytes, parts);
      expect(apply(base, composeAll(cut)), `seed ${seed}`).toBe(apply(base, op));
      for (const piece of cut) {
        expect(checkOp(piece), `seed ${seed}`).toBeNull();
        // The brackets are the envelope's.
        expect(Buffer.byteLength(JSON.stringify(piece)) - 2, `seed ${seed}`).toBeLessThanOrEqual(bytes);
        expect(piece.length, `seed ${seed}`).toBeLessThanOrEqual(parts);
        if (op.length > 0) expect(piece.length, `seed ${seed}: an empty piece`).toBeGreaterThan(0);
      }
    }
  });

  it('[P6] never cuts inside a surrogate pair', () => {
    for (let bytes = 33; bytes < 60; bytes++) {
      const texts = pieces(['a' + '😀'.repeat(50)], bytes, 10)
        .flat()
        .filter((part) => typeof part === 'string');
      expect(texts.every(isClean)).toBe(true);
    }
  });

  it('cuts a paste of two megabytes into few pieces, quickly', () => {
    const op: Op = [5, 'Lorem ipsum "dolor"\n'.repeat(100_000), -7];
    const cut = pieces(op, 65_536, 5_000);
    expect(cut.length).toBeLessThan(40);
    expect(apply('x'.repeat(12), composeAll(cut))).toBe(apply('x'.repeat(12), op));
  });

  it('refuses bounds that hold nothing', () => {
    expect(() => splitOp(['text'], { bytes: 10, parts: 5 })).toThrow(RangeError);
    expect(() => splitOp(['text'], { bytes: 1_000, parts: 1 })).toThrow(RangeError);
  });
});

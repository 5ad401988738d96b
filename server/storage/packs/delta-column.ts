import type { VarintReader, VarintWriter } from '../../../lib/ot/index.ts';

/** From here on a number and its sign are no longer safe integers when they are written in one. */
const MOST = 2 ** 50;

/**
 * Writes numbers as differences, and a difference that repeats once, with how often. What a person's client counts
 * is one number so, however long.
 */
export class DeltaWriter {
  private readonly out: VarintWriter;
  private delta = 0;
  private repeats = 0;

  constructor(out: VarintWriter) {
    this.out = out;
  }

  /** The next difference. False if it is too large or no integer, and cannot be written. */
  push(delta: number): boolean {
    if (!Number.isSafeInteger(delta) || Math.abs(delta) >= MOST) return false;
    if (this.repeats > 0 && delta === this.delta) {
      this.repeats++;
      return true;
    }
    this.end();
    this.delta = delta;
    this.repeats = 1;
    return true;
  }

  /** Writes what is held back. After the last difference. */
  end(): void {
    if (this.repeats === 0) return;
    // Zero and above even, below odd; and then whether there are more of it.
    const folded = this.delta < 0 ? -2 * this.delta - 1 : 2 * this.delta;
    this.out.large(2 * folded + (this.repeats > 1 ? 1 : 0));
    if (this.repeats > 1) this.out.unsigned(this.repeats);
    this.repeats = 0;
  }
}

/** Reads `count` differences that a `DeltaWriter` wrote. Throws a RangeError if there are others. */
export function readDeltas(from: VarintReader, count: number, each: (delta: number, index: number) => void): void {
  let index = 0;
  while (index < count) {
    const code = from.large();
    const folded = Math.floor(code / 2);
    const delta = folded % 2 === 1 ? -(folded + 1) / 2 : folded / 2;
    const end = index + (code % 2 === 1 ? from.unsigned() : 1);
    if (end > count) throw new RangeError(`There are more than ${count} numbers.`);
    for (; index < end; index++) each(delta, index);
  }
  if (!from.isAtEnd) throw new RangeError(`There are more than ${count} numbers.`);
}

import { Text, type Op, type TextSnapshot } from '../../lib/ot/index.ts';

/** Bits of a tag in one unit. With one more, a unit might be half of a surrogate pair. */
const BITS = 15;
const MASK = (1 << BITS) - 1;

/** Tags of a text that never change; what was not edited since is shared. */
export interface TagsSnapshot {
  low: TextSnapshot;
  high: TextSnapshot;
}

/**
 * A number below 2³⁰ for each unit of a text, which ops move about with the text: who brought a unit, or where it came from.
 * The numbers stand in two texts of their own, so an op costs hardly more than it costs the text itself.
 */
export class Tags {
  readonly #low: Text;
  readonly #high: Text;

  private constructor(low: Text, high: Text) {
    this.#low = low;
    this.#high = high;
  }

  /** The same tag for each of `length` units. */
  static filled(length: number, tag: number): Tags {
    return new Tags(Text.of(lowUnit(tag).repeat(length)), Text.of(highUnit(tag).repeat(length)));
  }

  /** 1, 2, 3 … up to `length`. */
  static counting(length: number): Tags {
    const { low, high } = counted(length, 1);
    return new Tags(Text.of(low), Text.of(high));
  }

  static from({ low, high }: TagsSnapshot): Tags {
    return new Tags(Text.of(low.toString()), Text.of(high.toString()));
  }

  get length(): number {
    return this.#low.length;
  }

  /** What `op` inserts gets this tag. Throws a RangeError, and changes nothing, if the op reaches beyond the text. */
  apply(op: Op, tag: number): void {
    this.#low.apply(withUnit(op, lowUnit(tag)));
    this.#high.apply(withUnit(op, highUnit(tag)));
  }

  /** The units that `op` inserts get the tags from `first` on, one each. Throws as `apply` does. */
  applyCounting(op: Op, first: number): void {
    let next = first;
    const low: (number | string)[] = [];
    const high: (number | string)[] = [];
    for (const part of op) {
      if (typeof part === 'number') {
        low.push(part);
        high.push(part);
        continue;
      }
      const tags = counted(part.length, next);
      low.push(tags.low);
      high.push(tags.high);
      next += part.length;
    }
    this.#low.apply(low);
    this.#high.apply(high);
  }

  /** The tags as they are now, for ever. */
  snapshot(): TagsSnapshot {
    return { low: this.#low.snapshot(), high: this.#high.snapshot() };
  }

  /** The tags of the units from `from` up to `to`. */
  slice(from: number, to: number): Uint32Array {
    return joined(this.#low.slice(from, to), this.#high.slice(from, to));
  }

  /** All tags. */
  all(): Uint32Array {
    return joined(this.#low.toString(), this.#high.toString());
  }
}

function joined(low: string, high: string): Uint32Array {
  const tags = new Uint32Array(low.length);
  for (let at = 0; at < tags.length; at++) tags[at] = (high.charCodeAt(at) << BITS) | low.charCodeAt(at);
  return tags;
}

/** The halves of the tags `first`, `first + 1` … */
function counted(length: number, first: number): { low: string; high: string } {
  const low = new Uint16Array(length);
  const high = new Uint16Array(length);
  for (let at = 0; at < length; at++) {
    low[at] = (at + first) & MASK;
    high[at] = (at + first) >>> BITS;
  }
  return { low: stringOf(low), high: stringOf(high) };
}

function withUnit(op: Op, unit: string): Op {
  return op.some((part) => typeof part === 'string')
    ? op.map((part) => (typeof part === 'string' ? unit.repeat(part.length) : part))
    : op;
}

function lowUnit(tag: number): string {
  return String.fromCharCode(tag & MASK);
}

function highUnit(tag: number): string {
  return String.fromCharCode(tag >>> BITS);
}

function stringOf(units: Uint16Array): string {
  return Buffer.from(units.buffer, units.byteOffset, units.byteLength).toString('utf16le');
}

/**
 * Most units of one leaf. Moving a gap through all of it costs about 0.1 µs, and a 10 MB text has some three thousand
 * leaves, which two levels of index find fast.
 */
export const LEAF_MAX = 4096;

/** First capacity of a gap buffer beyond its text: room for a sentence, little to waste in a server of many rooms. */
const FIRST_GAP = 64;

/** The one who may change a leaf or a group. Compared by identity; it holds nothing. */
export type Owner = object;

type Units = Uint8Array | Uint16Array;

const NO_UNITS: Units = new Uint8Array(0);

/**
 * A run of at most `LEAF_MAX` units: a string until its first edit, a gap buffer from then on. The buffer has one byte
 * a unit as long as every unit fits, and two after that.
 */
export class Leaf {
  readonly owner: Owner;
  length: number;
  /** The units, if the leaf was never edited; null if `units` holds them. */
  private text: string | null;
  /** If edited: the units before `gap` are in front, the `length - gap` others at the end, and between them is room. */
  private units: Units;
  private gap: number;

  private constructor(owner: Owner, length: number, text: string | null, units: Units, gap: number) {
    this.owner = owner;
    this.length = length;
    this.text = text;
    this.units = units;
    this.gap = gap;
  }

  /** A leaf that never was edited. The string may be a slice of a big one, which then stays in memory with it. */
  static of(text: string, owner: Owner): Leaf {
    return new Leaf(owner, text.length, text, NO_UNITS, 0);
  }

  /** The same leaf, to be changed by another owner. */
  copy(owner: Owner): Leaf {
    const units = this.text === null ? this.units.slice() : this.units;
    return new Leaf(owner, this.length, this.text, units, this.gap);
  }

  /** The unit at `at`, which must be inside. */
  charCodeAt(at: number): number {
    if (this.text !== null) return this.text.charCodeAt(at);
    return this.units[at < this.gap ? at : at + this.units.length - this.length] ?? NaN;
  }

  /** The units from `from` up to `to`, both inside. */
  slice(from: number, to: number): string {
    if (this.text !== null) return this.text.slice(from, to);
    const { units, gap } = this;
    const room = units.length - this.length;
    if (to <= gap) return decode(units, from, to);
    if (from >= gap) return decode(units, from + room, to + room);
    return decode(units, from, gap) + decode(units, gap + room, to + room);
  }

  /** Replaces `removed` units from `at` on. Only for the owner; the result must not be longer than `LEAF_MAX`. */
  splice(at: number, removed: number, inserted: string): void {
    if (this.text !== null) this.open(this.text, inserted.length);
    this.openGap(at, removed);
    this.length -= removed;
    if (inserted !== '') this.fill(inserted);
  }

  /** Turns the string into a gap buffer with room for `wanted` more units. */
  private open(text: string, wanted: number): void {
    this.units = encode(text, Math.min(LEAF_MAX, Math.max(text.length + FIRST_GAP, text.length + wanted)));
    this.gap = text.length;
    this.text = null;
  }

  /** Moves the gap so that it takes in the `removed` units from `at` on as soon as the length says so. */
  private openGap(at: number, removed: number): void {
    const { units, gap } = this;
    const room = units.length - this.length;
    const end = at + removed;
    if (end < gap) {
      units.copyWithin(end + room, end, gap);
      this.gap = at;
    } else if (at > gap) {
      units.copyWithin(gap, gap + room, at + room);
      this.gap = at;
    } else {
      this.gap = at;
    }
  }

  /** Writes `inserted` into the gap, from its start. */
  private fill(inserted: string): void {
    if (this.units.length - this.length < inserted.length) this.grow(this.length + inserted.length);
    let units = this.units;
    let gap = this.gap;
    for (let index = 0; index < inserted.length; index++) {
      const unit = inserted.charCodeAt(index);
      if (unit > 0xff && units instanceof Uint8Array) {
        units = Uint16Array.from(units);
        this.units = units;
      }
      units[gap++] = unit;
    }
    this.gap = gap;
    this.length += inserted.length;
  }

  /** Makes room for `length` units in all, and for as many again while the leaf is small. */
  private grow(length: number): void {
    const { units, gap } = this;
    const size = Math.min(LEAF_MAX, length * 2);
    const bigger = units instanceof Uint8Array ? new Uint8Array(size) : new Uint16Array(size);
    const behind = this.length - gap;
    bigger.set(units.subarray(0, gap));
    bigger.set(units.subarray(units.length - behind), size - behind);
    this.units = bigger;
  }
}

/** The text in the narrowest array of `size` units that can hold it, from its start. */
function encode(text: string, size: number): Units {
  const narrow = new Uint8Array(size);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 0xff) return encodeWide(text, size);
    narrow[at] = unit;
  }
  return narrow;
}

function encodeWide(text: string, size: number): Units {
  const wide = new Uint16Array(size);
  for (let at = 0; at < text.length; at++) wide[at] = text.charCodeAt(at);
  return wide;
}

/** The units as a string. `apply` takes any array-like, though its type says array; a spread is seven times slower. */
function decode(units: Units, from: number, to: number): string {
  return String.fromCharCode.apply(null, units.subarray(from, to) as unknown as number[]);
}

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

/** What is shorter is put together unit by unit: a decoder has to be called first. */
const DECODER_MIN = 48;

// Both are exact for the units that they are given: ASCII is its own UTF-8.
const asciiDecoder = new TextDecoder();
const asciiEncoder = new TextEncoder();

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
  /** No unit in `units` was ever beyond it: below 0x80 there are faster ways to read, and beyond 0xff they take two bytes. */
  private largest: number;

  private constructor(owner: Owner, length: number, text: string | null, units: Units, gap: number, largest: number) {
    this.owner = owner;
    this.length = length;
    this.text = text;
    this.units = units;
    this.gap = gap;
    this.largest = largest;
  }

  /** A leaf that never was edited. The string may be a slice of a big one, which then stays in memory with it. */
  static of(text: string, owner: Owner): Leaf {
    return new Leaf(owner, text.length, text, NO_UNITS, 0, 0x7f);
  }

  /** The same leaf, to be changed by another owner. */
  copy(owner: Owner): Leaf {
    const units = this.text === null ? this.units.slice() : this.units;
    return new Leaf(owner, this.length, this.text, units, this.gap, this.largest);
  }

  /** The unit at `at`, which must be inside. */
  charCodeAt(at: number): number {
    if (this.text !== null) return this.text.charCodeAt(at);
    return this.units[at < this.gap ? at : at + this.units.length - this.length] ?? NaN;
  }

  /** The units from `from` up to `to`, both inside. */
  slice(from: number, to: number): string {
    if (this.text !== null) return this.text.slice(from, to);
    const { units, gap, largest } = this;
    const room = units.length - this.length;
    if (to <= gap) return decode(units, from, to, largest);
    if (from >= gap) return decode(units, from + room, to + room, largest);
    return decode(units, from, gap, largest) + decode(units, gap + room, to + room, largest);
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
    const size = Math.min(LEAF_MAX, Math.max(text.length + FIRST_GAP, text.length + wanted));
    const narrow = new Uint8Array(size);
    this.units = narrow;
    this.gap = text.length;
    this.text = null;
    const { read, written } = asciiEncoder.encodeInto(text, narrow);
    // Every other unit takes more than one byte.
    if (read === text.length && written === text.length) return;
    this.gap = 0;
    this.write(text);
  }

  /** Moves the gap to where the `removed` units from `at` on are, and takes them in as soon as the length says so. */
  private openGap(at: number, removed: number): void {
    const { units, gap } = this;
    const room = units.length - this.length;
    const end = at + removed;
    if (end < gap) units.copyWithin(end + room, end, gap);
    else if (at > gap) units.copyWithin(gap, gap + room, at + room);
    this.gap = at;
  }

  /** Writes `inserted` into the gap, from its start. */
  private fill(inserted: string): void {
    if (this.units.length - this.length < inserted.length) this.grow(this.length + inserted.length);
    this.write(inserted);
    this.length += inserted.length;
  }

  /** Puts units behind those in front of the gap, where there is room for them. */
  private write(text: string): void {
    let { units, gap, largest } = this;
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      if (unit > largest) {
        if (unit > 0xff && largest <= 0xff) {
          units = Uint16Array.from(units);
          this.units = units;
        }
        largest = unit;
      }
      units[gap++] = unit;
    }
    this.gap = gap;
    this.largest = largest;
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

/** The units as a string; none is beyond `largest`. */
function decode(units: Units, from: number, to: number, largest: number): string {
  const some = units.subarray(from, to);
  if (largest < 0x80 && to - from >= DECODER_MIN) return asciiDecoder.decode(some);
  // `apply` takes any array-like, though its type says array; a spread is seven times slower.
  return String.fromCharCode.apply(null, some as unknown as number[]);
}

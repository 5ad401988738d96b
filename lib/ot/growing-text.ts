import type { TextLike } from './text-like.ts';

const FIRST_SIZE = 64;

/** Text that only grows, at one byte a unit as long as every unit fits, and two after that. */
export class GrowingText {
  length = 0;
  private units: Uint8Array | Uint16Array = new Uint8Array(FIRST_SIZE);

  /** Adds the units of `text` from `from` up to `to`. */
  add(text: TextLike, from: number, to: number): void {
    if (this.length + to - from > this.units.length) this.grow(this.length + to - from);
    for (let at = from; at < to; at++) {
      const unit = text.charCodeAt(at);
      if (unit > 0xff && this.units instanceof Uint8Array) this.units = Uint16Array.from(this.units);
      this.units[this.length++] = unit;
    }
  }

  slice(from: number, to: number): string {
    // Most edits are one letter.
    if (to - from === 1) return String.fromCharCode(this.units[from] ?? 0);
    // What is short is faster so; what is long must not become a call with as many arguments.
    let text = '';
    for (let at = from; at < to; at += CALL) {
      text += String.fromCharCode(...this.units.subarray(at, Math.min(to, at + CALL)));
    }
    return text;
  }

  /** Bytes that it takes. */
  get bytes(): number {
    return this.units.byteLength;
  }

  private grow(wanted: number): void {
    const size = Math.max(wanted, Math.ceil(this.units.length * 1.5));
    const bigger = this.units instanceof Uint8Array ? new Uint8Array(size) : new Uint16Array(size);
    bigger.set(this.units.subarray(0, this.length));
    this.units = bigger;
  }
}

/** Units of one call of `fromCharCode`. */
const CALL = 4_096;

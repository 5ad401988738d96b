import { CloseCode } from './close-codes.ts';
import { ProtocolFault } from './fault.ts';

/** Major types of RFC 8949, §3.1: the ones that edits are made of. */
const UNSIGNED = 0;
const NEGATIVE = 1;
const TEXT = 3;
const ARRAY = 4;

/** The low five bits of an item's first byte: a value up to 23 itself, or how many bytes of it follow. */
const IN_ONE = 24;
const IN_TWO = 25;
const IN_FOUR = 26;
const IN_EIGHT = 27;

const TWO_TO_32 = 2 ** 32;
/** Up to so many units a text is looked through for ASCII by hand, which for single letters is quicker than to call an encoder. */
const BY_HAND = 64;
/** What the writer keeps between two messages, in bytes. */
const KEPT = 64 * 1024;

const encoder = new TextEncoder();
/** A byte order mark is text like any other. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Writes arrays, whole numbers and texts in the shortest form that RFC 8949 has for each (§4.2.1). */
export class CborWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  /** So many items follow that are in it. */
  array(items: number): void {
    this.#head(ARRAY, items);
  }

  /** From -(2^53 - 1) to 2^53 - 1. */
  integer(value: number): void {
    if (value >= 0) this.#head(UNSIGNED, value);
    else this.#head(NEGATIVE, -1 - value);
  }

  /** Of well-formed UTF-16: half of a pair would become U+FFFD. */
  text(value: string): void {
    const { length } = value;
    if (length <= BY_HAND && isAscii(value)) {
      this.#head(TEXT, length);
      this.#room(length);
      for (let at = 0; at < length; at++) this.#bytes[this.#length++] = value.charCodeAt(at);
      return;
    }
    const bytes = encoder.encode(value);
    this.#head(TEXT, bytes.length);
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** What was written since the last time, in bytes of its own. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    if (this.#bytes.length > KEPT) this.#bytes = new Uint8Array(KEPT);
    return taken;
  }

  #head(major: number, value: number): void {
    this.#room(9);
    const first = major << 5;
    if (value < IN_ONE) return this.#byte(first | value);
    if (value < 0x100) {
      this.#byte(first | IN_ONE);
      return this.#byte(value);
    }
    if (value < 0x1_0000) {
      this.#byte(first | IN_TWO);
      return this.#big(value, 2);
    }
    if (value < TWO_TO_32) {
      this.#byte(first | IN_FOUR);
      return this.#big(value, 4);
    }
    this.#byte(first | IN_EIGHT);
    this.#big(Math.floor(value / TWO_TO_32), 4);
    this.#big(value % TWO_TO_32, 4);
  }

  #byte(value: number): void {
    this.#bytes[this.#length++] = value;
  }

  #big(value: number, bytes: number): void {
    for (let shift = (bytes - 1) * 8; shift >= 0; shift -= 8) this.#byte((value >>> shift) & 0xff);
  }

  #room(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + bytes));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}

/**
 * Reads what `CborWriter` writes, and the same in longer forms. Throws `bad-cbor` for anything else: other types, lengths that are not
 * told, numbers beyond 2^53 - 1, text that is not UTF-8, bytes that are missing or left over.
 */
export class CborReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** How many items follow that are in it: no more than there are bytes. */
  array(): number {
    const items = this.#head(ARRAY);
    if (items > this.#bytes.length - this.#at) throw bad('ends in the middle of an array');
    return items;
  }

  integer(): number {
    switch (this.#peek() >> 5) {
      case UNSIGNED:
        return this.#head(UNSIGNED);
      case NEGATIVE:
        return this.#negative();
      default:
        throw bad('has something else where a whole number has to be');
    }
  }

  /** A whole number or a text: a part of an op. */
  part(): number | string {
    return this.#peek() >> 5 === TEXT ? this.#text() : this.integer();
  }

  /** Nothing may be left. */
  end(): void {
    if (this.#at !== this.#bytes.length) throw bad('goes on behind its end');
  }

  #negative(): number {
    const value = -1 - this.#head(NEGATIVE);
    if (Number.isSafeInteger(value)) return value;
    throw bad('has a number beyond 2^53 - 1');
  }

  #text(): string {
    const length = this.#head(TEXT);
    const from = this.#at;
    const to = from + length;
    if (to > this.#bytes.length) throw bad('ends in the middle of a text');
    this.#at = to;
    if (length === 1) {
      const unit = this.#bytes[from] ?? 0;
      if (unit < 0x80) return String.fromCharCode(unit);
    }
    try {
      return decoder.decode(this.#bytes.subarray(from, to));
    } catch {
      throw bad('has a text that is not UTF-8');
    }
  }

  #peek(): number {
    const first = this.#bytes[this.#at];
    if (first === undefined) throw bad('ends too early');
    return first;
  }

  #head(major: number): number {
    const first = this.#peek();
    if (first >> 5 !== major) throw bad('has an item of another type than belongs there');
    this.#at++;
    const low = first & 0x1f;
    if (low < IN_ONE) return low;
    switch (low) {
      case IN_ONE:
        return this.#big(1);
      case IN_TWO:
        return this.#big(2);
      case IN_FOUR:
        return this.#big(4);
      case IN_EIGHT: {
        const value = this.#big(4) * TWO_TO_32 + this.#big(4);
        if (Number.isSafeInteger(value)) return value;
        throw bad('has a number beyond 2^53 - 1');
      }
      default:
        throw bad('has an item whose length is not told');
    }
  }

  #big(bytes: number): number {
    let value = 0;
    for (let count = 0; count < bytes; count++) {
      value = value * 256 + this.#peek();
      this.#at++;
    }
    return value;
  }
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) >= 0x80) return false;
  return true;
}

function bad(what: string): ProtocolFault {
  return new ProtocolFault('bad-cbor', CloseCode.BAD_MESSAGE, `The binary message ${what}.`);
}

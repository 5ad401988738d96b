/** Whole numbers of up to 2^31 (some methods: 2^53) in as few bytes as they need, seven bits each and the lowest first (LEB128). */
export class VarintWriter {
  private bytes = new Uint8Array(64);
  private end = 0;

  /** A number that is not below 0. */
  unsigned(value: number): void {
    let rest = value;
    for (; rest > 0x7f; rest >>>= 7) this.byte((rest & 0x7f) | 0x80);
    this.byte(rest);
  }

  /** A number of either sign, small ones short. */
  signed(value: number): void {
    this.unsigned(((value << 1) ^ (value >> 31)) >>> 0);
  }

  /** A number from 0 up to 2^53. */
  large(value: number): void {
    let rest = value;
    for (; rest > 0x7fff_ffff; rest = Math.floor(rest / 0x80)) this.byte((rest % 0x80) | 0x80);
    this.unsigned(rest);
  }

  done(): Uint8Array {
    return this.bytes.subarray(0, this.end);
  }

  private byte(value: number): void {
    if (this.end === this.bytes.length) {
      const bigger = new Uint8Array(this.bytes.length * 2);
      bigger.set(this.bytes);
      this.bytes = bigger;
    }
    this.bytes[this.end++] = value;
  }
}

/** Reads what `VarintWriter` wrote. Throws a RangeError where the bytes end. */
export class VarintReader {
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  unsigned(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      if (byte === undefined || shift > 28) throw new RangeError(`No number ends at byte ${this.at}`);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }

  signed(): number {
    const value = this.unsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  /** What `large` wrote. */
  large(): number {
    let value = 0;
    for (let unit = 1; ; unit *= 0x80) {
      const byte = this.bytes[this.at++];
      if (byte === undefined || unit > 2 ** 49) throw new RangeError(`No number ends at byte ${this.at}`);
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) return value;
    }
  }

  /** All bytes that are left. */
  rest(): Uint8Array {
    return this.take(this.bytes.length - this.at);
  }

  /** The next `length` bytes as they are. */
  take(length: number): Uint8Array {
    if (this.at + length > this.bytes.length) throw new RangeError(`No ${length} bytes at byte ${this.at}`);
    return this.bytes.subarray(this.at, (this.at += length));
  }
}

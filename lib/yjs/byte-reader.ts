import { YjsFault } from './fault.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads untrusted bytes of lib0's encoding, and takes them only as lib0 writes them. Throws `YjsFault` 'bad-frame'. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** 7 bits a byte, the lowest first, in as few bytes as it takes. At most 2^53 - 1. */
  varUint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#bytes[this.#position++];
      if (byte === undefined) throw badFrame('It ends in the midst of a number.');
      value += (byte & 127) * factor;
      if (value > Number.MAX_SAFE_INTEGER) throw badFrame('It has a number that is too large.');
      if (byte >= 128) continue;
      if (byte === 0 && factor > 1) throw badFrame('It has a number that is longer than it must be.');
      return value;
    }
  }

  /** A length, and as many bytes: a view, not a copy. */
  varBytes(): Uint8Array {
    const length = this.varUint();
    const start = this.#position;
    if (length > this.#bytes.length - start) throw badFrame(`It ends before a field of ${length} bytes does.`);
    this.#position += length;
    return this.#bytes.subarray(start, start + length);
  }

  /** A length in bytes, and a text in UTF-8. */
  varString(): string {
    const bytes = this.varBytes();
    try {
      return utf8.decode(bytes);
    } catch {
      throw badFrame('It has a text that is not UTF-8.');
    }
  }

  /** There must be nothing more. */
  end(): void {
    if (this.#position < this.#bytes.length) throw badFrame('It goes on after its end.');
  }
}

export function badFrame(why: string): YjsFault {
  return new YjsFault('bad-frame', `This is no frame of y-protocols. ${why}`);
}

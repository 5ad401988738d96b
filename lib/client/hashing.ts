import { Fnv1a } from '../ot/index.ts';

/** The hash of a text (`fnv1a`), a piece at a time: of some megabytes it takes longer than a page may be deaf. */
export class Hashing {
  readonly #chunks: Iterator<string>;
  readonly #hash = new Fnv1a();

  constructor(chunks: Iterable<string>) {
    this.#chunks = chunks[Symbol.iterator]();
  }

  /** Goes on until `isOver`, at least by one chunk. The hash once it is known, else null. */
  work(isOver: () => boolean): string | null {
    for (let next = this.#chunks.next(); !next.done; next = this.#chunks.next()) {
      this.#hash.add(next.value);
      if (isOver()) return null;
    }
    return this.#hash.digits();
  }
}

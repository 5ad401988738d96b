import type { EntryMarks } from '../storage/storage.ts';

/** Bytes that are kept for one revision. */
export const MARK_BYTES = 12;

/** Who made each revision and when, from the first one on. Grows with the log. */
export class Marks {
  #authors = new Uint32Array(1_024);
  #times = new Float64Array(1_024);
  #rev = 0;

  /** The newest revision that it knows of. */
  get rev(): number {
    return this.#rev;
  }

  get bytes(): number {
    return this.#authors.length * MARK_BYTES;
  }

  /** Those that follow on `rev`. */
  add({ authors, times }: EntryMarks): void {
    const rev = this.#rev + authors.length;
    if (rev > this.#authors.length) {
      const most = Math.max(rev, this.#authors.length * 2);
      this.#authors = grown(this.#authors, new Uint32Array(most));
      this.#times = grown(this.#times, new Float64Array(most));
    }
    this.#authors.set(authors, this.#rev);
    this.#times.set(times, this.#rev);
    this.#rev = rev;
  }

  /** 0 for a revision that is not known. */
  author(rev: number): number {
    return this.#authors[rev - 1] ?? 0;
  }

  /** Ms since 1970; 0 for a revision that is not known. */
  at(rev: number): number {
    return this.#times[rev - 1] ?? 0;
  }

  /** The newest revision at or before this time, 0 if there is none. Clocks may have been set back in between. */
  revAt(time: number): number {
    let rev = this.#rev;
    while (rev > 0 && this.at(rev) > time) rev--;
    return rev;
  }
}

function grown<Column extends Uint32Array | Float64Array>(old: Column, column: Column): Column {
  column.set(old);
  return column;
}

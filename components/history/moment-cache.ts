import type { Moment } from './history-types.ts';

/** What the moments kept may have together, in UTF-16 units: some 16 MB. */
const MOST_UNITS = 8_000_000;
const MOST_MOMENTS = 200;

/** The moments that were looked at last. */
export class MomentCache {
  readonly #moments = new Map<number, Moment>();
  #units = 0;

  get(rev: number): Moment | null {
    const moment = this.#moments.get(rev);
    if (moment === undefined) return null;
    // The newest stands last.
    this.#moments.delete(rev);
    this.#moments.set(rev, moment);
    return moment;
  }

  has(rev: number): boolean {
    return this.#moments.has(rev);
  }

  keep(moment: Moment): void {
    this.#drop(moment.rev);
    this.#moments.set(moment.rev, moment);
    this.#units += moment.text.length;
    for (const oldest of this.#moments.keys()) {
      if (oldest === moment.rev || (this.#units <= MOST_UNITS && this.#moments.size <= MOST_MOMENTS)) break;
      this.#drop(oldest);
    }
  }

  #drop(rev: number): void {
    this.#units -= this.#moments.get(rev)?.text.length ?? 0;
    this.#moments.delete(rev);
  }
}

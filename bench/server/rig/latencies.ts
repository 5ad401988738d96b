/** Buckets grow by so much, which is how exact a percentile is. */
const STEP = 1.02;
/** In ms: what is quicker counts as this. */
const LEAST = 0.01;
/** Up to some minutes. */
const BUCKETS = Math.ceil(Math.log(600_000 / LEAST) / Math.log(STEP));

/** Times in ms, a million of them in a few KiB: counted in buckets that are 2 % wide. */
export class Latencies {
  readonly #counts = new Uint32Array(BUCKETS);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(ms: number): void {
    const bucket = Math.floor(Math.log(Math.max(ms, LEAST) / LEAST) / Math.log(STEP));
    const at = Math.min(bucket, BUCKETS - 1);
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#size++;
  }

  /** The time in ms that this part of all stays below; NaN of none. `part` is from 0 to 1. */
  percentile(part: number): number {
    let left = this.#size * part;
    for (let at = 0; at < BUCKETS; at++) {
      left -= this.#counts[at] ?? 0;
      if (left <= 0 && this.#size > 0) return LEAST * STEP ** (at + 1);
    }
    return Number.NaN;
  }
}

/** How much is taken in the long run, and how much at once. */
export interface Rate {
  perSecond: number;
  /** What a full bucket holds. */
  burst: number;
}

/**
 * The usual token bucket: full at first, and refilled evenly. Nothing is ever taken by asking, so that several buckets can
 * be asked before any of them pays.
 */
export class TokenBucket {
  readonly #rate: Rate;
  /** Thousandths of tokens, which stay whole numbers at whole rates. */
  #level: number;
  #at: number;

  /** `now` and all later times: milliseconds of one clock. */
  constructor(rate: Rate, now: number) {
    this.#rate = rate;
    this.#level = 1_000 * rate.burst;
    this.#at = now;
  }

  /**
   * Milliseconds until `cost` is there, rounded up; 0: now. What costs more than the bucket can ever hold waits for a full
   * one, and leaves it in debt.
   */
  waitMs(now: number, cost = 1): number {
    this.#refill(now);
    const missing = 1_000 * Math.min(cost, this.#rate.burst) - this.#level;
    return missing <= 0 ? 0 : Math.ceil(missing / this.#rate.perSecond);
  }

  /** Pays, whether it was asked before or not. */
  take(now: number, cost = 1): void {
    this.#refill(now);
    this.#level -= 1_000 * cost;
  }

  #refill(now: number): void {
    // A system clock that is set back must not empty the bucket.
    const passed = Math.max(0, now - this.#at);
    this.#level = Math.min(1_000 * this.#rate.burst, this.#level + passed * this.#rate.perSecond);
    this.#at = now;
  }
}

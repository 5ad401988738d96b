/** Stays this far below the server's limits, since both clocks and both countings differ a little. */
const SHARE = 0.8;

/**
 * Keeps what is sent below the room's limits, so that honest use (a held key on a fast network, a paste of megabytes)
 * never meets the server's refusal. Two token buckets, each holding one second's worth.
 */
export class Pace {
  #ops = 0;
  #bytes = 0;
  #at: number;

  constructor(now: number) {
    this.#at = now;
  }

  /** Milliseconds until one more op may go; 0 for at once. */
  delay(now: number, limits: { opsPerSecond: number; bytesPerSecond: number }): number {
    const ops = limits.opsPerSecond * SHARE;
    const bytes = limits.bytesPerSecond * SHARE;
    const passed = Math.max(0, now - this.#at) / 1_000;
    this.#ops = Math.max(0, this.#ops - passed * ops);
    this.#bytes = Math.max(0, this.#bytes - passed * bytes);
    this.#at = now;
    // One op at the least fits into an empty bucket, however small the limit is.
    const waitOps = this.#ops + 1 > Math.max(1, ops) ? (this.#ops + 1 - Math.max(1, ops)) / ops : 0;
    const waitBytes = this.#bytes >= bytes ? (this.#bytes - bytes) / bytes : 0;
    return Math.ceil(Math.max(waitOps, waitBytes) * 1_000);
  }

  /** One op of `bytes` went out. */
  sent(bytes: number): void {
    this.#ops += 1;
    this.#bytes += bytes;
  }
}

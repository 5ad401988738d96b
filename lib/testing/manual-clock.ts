/** A clock that stands still until a test moves it. Timers due at the same time run in the order they were set. */
export class ManualClock {
  #now: number;
  #timers: { at: number; run: () => void }[] = [];

  constructor(now = 1_000_000) {
    this.#now = now;
  }

  now = (): number => this.#now;

  after = (ms: number, run: () => void): (() => void) => {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  };

  /** Moves `ms` forward, running what falls due on the way, including what that sets anew. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const due = this.#timers.filter((one) => one.at <= until);
      const next = due.reduce<(typeof due)[number] | null>(
        (first, one) => (first && first.at <= one.at ? first : one),
        null,
      );
      if (!next) break;
      this.#timers = this.#timers.filter((one) => one !== next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = until;
  }

  /** How many timers are set: a test that ends with some has leaked them. */
  get pending(): number {
    return this.#timers.length;
  }
}

/** Callbacks of others. One that throws is reported and stops neither the rest nor us. */
export class Listeners<Args extends readonly unknown[]> {
  readonly #all = new Set<(...args: Args) => void>();
  readonly #report: (error: unknown) => void;

  constructor(report: (error: unknown) => void) {
    this.#report = report;
  }

  /** Returns how to stop. */
  add(listener: (...args: Args) => void): () => void {
    // A function of its own, so that one callback added twice is also removed one by one.
    const entry = (...args: Args) => listener(...args);
    this.#all.add(entry);
    return () => this.#all.delete(entry);
  }

  emit(...args: Args): void {
    // A copy: what a listener adds or removes takes effect with the next event.
    for (const listener of Array.from(this.#all)) {
      try {
        listener(...args);
      } catch (error) {
        this.#report(error);
      }
    }
  }
}

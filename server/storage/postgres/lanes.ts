/** Things of one name happen one after the other, in the order in which they were asked for; those of others meanwhile. */
export class Lanes {
  readonly #last = new Map<string, Promise<unknown>>();

  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name);
    // How the one before ended is its own caller's matter.
    const running = before ? before.then(work, work) : work();
    this.#last.set(name, running);
    try {
      return await running;
    } finally {
      if (this.#last.get(name) === running) this.#last.delete(name);
    }
  }
}

/** Long work on the thread that everybody shares, cut into slices between which others have their turn. */
export class Slices {
  readonly #ms: number;
  readonly #signal: AbortSignal;
  readonly #now: () => number;
  #until: number;

  /** `ms`: how long one slice may take. `signal`: nobody waits for the work any more. `now`: ms, never set back. */
  constructor(ms: number, signal: AbortSignal, now: () => number = () => performance.now()) {
    this.#ms = ms;
    this.#signal = signal;
    this.#now = now;
    this.#until = now() + ms;
  }

  /** Is it others' turn? */
  get isOver(): boolean {
    return this.#now() >= this.#until;
  }

  /** Lets the others work. Rejects with the signal's reason if nobody waits any more. */
  async rest(): Promise<void> {
    this.stopIfAlone();
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.stopIfAlone();
    this.#until = this.#now() + this.#ms;
  }

  /** Throws the signal's reason if nobody waits any more. */
  stopIfAlone(): void {
    this.#signal.throwIfAborted();
  }
}

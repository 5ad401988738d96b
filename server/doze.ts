/** How long this thread sleeps at most, in ms: what else it has to do is late by half of it, which nobody notices. */
const DOZE_MS = 20;
/** Whoever wants more than an edit (a page, a way in) finds it awake from then on for so long, in ms: they ask for one thing after the other. */
const AWAKE_MS = 250;

export interface DozeOptions {
  /** Milliseconds of a clock that is never set back. */
  now(): number;
  /** Runs something behind all that has arrived already. */
  soon(run: () => void): void;
  /** Does nothing for so many ms, and nothing else either. */
  sleep(ms: number): void;
}

/**
 * Lets a thread whose work waits for its beat anyway sleep through some of the wake-ups until then. Each message that arrives would
 * wake it to be read and laid aside, and most of what a wake-up costs is to have the caches filled anew; so after a turn that brought
 * messages it does not ask for a moment whether there are more, and then reads them together. Network cards moderate their interrupts in the
 * same way, and for the same reason.
 */
export class Doze {
  readonly #options: DozeOptions;
  #awakeUntil = Number.NEGATIVE_INFINITY;
  #due: number | null = null;
  /** In all, in ms. */
  #slept = 0;

  constructor(options: DozeOptions) {
    this.#options = options;
  }

  /** How long it has slept since the start, in ms: a clock of the event loop counts it as work. */
  get slept(): number {
    return this.#slept;
  }

  /** Somebody wants something that they wait for. */
  wake(): void {
    this.#awakeUntil = this.#options.now() + AWAKE_MS;
  }

  /** What arrived has time until `due`, in ms as of `now`. */
  until(due: number): void {
    const { now, soon } = this.#options;
    if (this.#due !== null || now() < this.#awakeUntil) return;
    this.#due = due;
    soon(() => this.#sleep());
  }

  #sleep(): void {
    const { now, sleep } = this.#options;
    const began = now();
    const ms = Math.min(DOZE_MS, (this.#due ?? began) - began);
    this.#due = null;
    if (ms < 1 || began < this.#awakeUntil) return;
    sleep(ms);
    this.#slept += now() - began;
  }
}

/** Sleeps as a thread can: signals and everything else wait until it is over. */
export function sleepThread(ms: number): void {
  Atomics.wait(nothing, 0, 0, ms);
}

const nothing = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/** What the network pretends to be. Times in ms, for each way; `loss`: of a hundred frames so many stall. */
export type Pretence =
  { kind: 'none' } | { kind: 'offline' } | { kind: 'slow'; delay: number } | { kind: 'lossy'; loss: number };

/** A frame that was lost comes when the system has sent it again, and those behind it wait: TCP keeps the order. */
const STALL_MS = 1_000;
/** One of so many stalls ends in a broken connection. */
const BREAKS = 20;

export interface BadNetworkDeps {
  /** Runs `run` after `ms`. */
  after: (ms: number, run: () => void) => void;
  now: () => number;
  random: () => number;
  /** Breaks the connection. */
  cut: () => void;
}

/** One direction of a connection that is worse than the real one: late, never out of order, and now and then broken. */
export class BadLine {
  readonly #deps: BadNetworkDeps;
  #pretence: Pretence = { kind: 'none' };
  /** When the newest frame arrives that is under way. */
  #lastAt = 0;

  constructor(deps: BadNetworkDeps) {
    this.#deps = deps;
  }

  pretend(pretence: Pretence): void {
    this.#pretence = pretence;
  }

  /** Calls `pass` when the frame arrives; never if nothing gets through. */
  carry(pass: () => void): void {
    const { now, after } = this.#deps;
    if (this.#pretence.kind === 'offline') return;
    const at = Math.max(now() + this.#delay(), this.#lastAt);
    const wait = at - now();
    // What left earlier may still be under way.
    if (wait <= 0) return pass();
    this.#lastAt = at;
    after(wait, pass);
  }

  #delay(): number {
    const { random, cut } = this.#deps;
    switch (this.#pretence.kind) {
      case 'none':
      case 'offline':
        return 0;
      case 'slow':
        return this.#pretence.delay;
      case 'lossy': {
        if (random() * 100 >= this.#pretence.loss) return 0;
        if (random() < 1 / BREAKS) cut();
        return STALL_MS;
      }
    }
  }
}

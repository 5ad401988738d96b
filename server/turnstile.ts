import type { Clock } from './clock.ts';
import { TokenBucket } from './token-bucket.ts';

/** Lets somebody in; false if they have gone while they waited. */
type Enter = () => boolean;

/**
 * Lets newcomers in one at a time, with a pause after each, so that those who are inside go first: in the pause the event
 * loop serves their messages, and when it is busy the pause grows by itself, because timers are late then. Addresses take
 * turns, so that a crowd from one does not keep out somebody from another. Nobody waits, and no timer runs, while few come.
 */
export class Turnstile {
  readonly #clock: Clock;
  readonly #everyMs: number;
  readonly #most: number;
  /** Who waits, by address. The address whose turn is next comes first; none is empty. */
  readonly #lines = new Map<string, Enter[]>();
  #waiting = 0;
  /** For those who come in without a pause. Whoever comes in after one pays too, so that nothing is left when a crowd has. */
  readonly #free: TokenBucket;
  /** Set while somebody waits, and for a pause after they came in. */
  #cancel: (() => void) | null = null;

  /** `everyMs`: the pause, in ms. `most`: newcomers that may wait. `atOnce`: that come in without a pause, and again after as many pauses without anybody. */
  constructor(clock: Clock, everyMs: number, most: number, atOnce: number) {
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.#most = most;
    this.#free = new TokenBucket({ perSecond: 1_000 / everyMs, burst: atOnce }, clock.now());
  }

  get waiting(): number {
    return this.#waiting;
  }

  /** Calls `enter` at once or when its turn comes. False if too many wait already: it is not called. */
  queue(address: string, enter: Enter): boolean {
    const now = this.#clock.now();
    if (this.#cancel === null && this.#free.waitMs(now) === 0) {
      this.#free.take(now);
      enter();
      return true;
    }
    if (this.#waiting >= this.#most) return false;
    this.#waiting++;
    if (this.#cancel === null) this.#pause();
    const line = this.#lines.get(address);
    if (line) line.push(enter);
    else this.#lines.set(address, [enter]);
    return true;
  }

  /** Whoever waits is forgotten. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#lines.clear();
    this.#waiting = 0;
  }

  #pause(): void {
    this.#cancel = this.#clock.after(this.#everyMs, () => {
      this.#cancel = null;
      // Who has gone takes nobody's time: after a restart they may be many, and would keep the others waiting until they go too.
      for (let enter = this.#next(); enter; enter = this.#next()) {
        if (!enter()) continue;
        this.#free.take(this.#clock.now());
        return this.#pause();
      }
    });
  }

  #next(): Enter | undefined {
    const [first] = this.#lines;
    if (!first) return undefined;
    const [address, line] = first;
    const enter = line.shift();
    this.#waiting--;
    this.#lines.delete(address);
    if (line.length > 0) this.#lines.set(address, line);
    return enter;
  }
}

import type { Clock } from '../../server/clock.ts';
import type { Scheduler } from './scheduler.ts';

interface Timer {
  due: number;
  run: () => void;
  cancel: () => void;
}

/** Node's timers are no shorter, in ms. */
const SHORTEST_MS = 1;

/** The clock of one process: it may jump, and its timers die with it. */
export class ProcessClock implements Clock {
  readonly #scheduler: Scheduler;
  readonly #timers = new Set<Timer>();
  /** How far it is ahead of the scheduler's. */
  #ahead = 0;
  #dead = false;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  readonly now = (): number => Math.floor(this.#scheduler.now + this.#ahead);

  readonly after = (ms: number, run: () => void): (() => void) => {
    if (this.#dead) return () => undefined;
    const timer: Timer = { due: this.#scheduler.now + Math.max(SHORTEST_MS, ms), run, cancel: () => undefined };
    this.#set(timer);
    return () => this.#clear(timer);
  };

  /** `ms` pass at once: the machine slept, or somebody set its clock. What is due runs in its order, before anything else. */
  jump(ms: number): void {
    this.#ahead += ms;
    const timers = [...this.#timers].toSorted((a, b) => a.due - b.due);
    for (const timer of timers) {
      timer.cancel();
      timer.due -= ms;
      this.#set(timer);
    }
  }

  kill(): void {
    this.#dead = true;
    for (const timer of this.#timers) this.#clear(timer);
  }

  #set(timer: Timer): void {
    this.#timers.add(timer);
    timer.cancel = this.#scheduler.after(timer.due - this.#scheduler.now, () => {
      this.#timers.delete(timer);
      this.#scheduler.stir();
      timer.run();
    });
  }

  #clear(timer: Timer): void {
    timer.cancel();
    this.#timers.delete(timer);
  }
}

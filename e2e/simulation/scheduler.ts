interface Event {
  at: number;
  /** Events at the same time happen in the order in which they were planned. */
  order: number;
  /** Null once cancelled. */
  run: (() => void) | null;
}

/** Any moment; only differences matter. Milliseconds. */
const BEGINNING = 1_000_000;

/**
 * The one clock and the one queue of a history: network, disk, timers and people are events in virtual time, and nothing
 * else makes anything happen. The same events in the same order give the same history.
 */
export class Scheduler {
  #now = BEGINNING;
  #planned = 0;
  #stirred = false;
  /** A binary heap: the parent of `i` is `(i - 1) >> 1`, and never later than `i`. */
  readonly #heap: Event[] = [];

  get now(): number {
    return this.#now;
  }

  /** Runs `run` once after `ms`. Returns how to cancel. */
  readonly after = (ms: number, run: () => void): (() => void) => this.at(this.#now + ms, run);

  /** Runs `run` once at `time`, or at once if that is over. Returns how to cancel. */
  at(time: number, run: () => void): () => void {
    const event: Event = { at: Math.max(this.#now, time), order: this.#planned++, run };
    this.#push(event);
    return () => {
      event.run = null;
    };
  }

  /** The running event has set promises going: all their callbacks run before the next event. */
  stir(): void {
    this.#stirred = true;
  }

  /** Runs events up to `until` (virtual time), or until `stop` says so after one. */
  async run(until: number, stop: () => boolean): Promise<void> {
    await turn();
    for (;;) {
      const next = this.#heap[0];
      if (!next || next.at > until) break;
      this.#pop();
      if (!next.run) continue;
      this.#now = next.at;
      next.run();
      if (this.#stirred) {
        this.#stirred = false;
        await turn();
      }
      if (stop()) return;
    }
    this.#now = Math.max(this.#now, until);
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let index = heap.length;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex];
      if (!parent || !isBefore(event, parent)) break;
      heap[index] = parent;
      index = parentIndex;
    }
    heap[index] = event;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const [a, b] = [heap[left], heap[left + 1]];
      if (!a) break;
      const childIndex = b && isBefore(b, a) ? left + 1 : left;
      const child = childIndex === left ? a : b;
      if (!child || !isBefore(child, last)) break;
      heap[index] = child;
      index = childIndex;
    }
    heap[index] = last;
  }
}

function isBefore(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

/**
 * Resolves when no promise callback is left to run. Node runs a tick that was asked for out of a promise callback only
 * when the queue of callbacks is empty, which is what makes promises as deterministic as everything else here.
 */
function turn(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

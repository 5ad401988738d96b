import type { Conversation } from './endpoint.ts';

/** Messages that may wait, and their bytes. With more, all are handed on at once: what is not judged yet must not fill the memory. */
const MOST_WAITING = 1_000;
const MOST_BYTES = 1024 * 1024;

/** Less time is none, in ms. */
const WORTH_MS = 1;

/** A message that has arrived. */
interface Arrival {
  readonly to: Conversation;
  /** Of a text or a binary frame. */
  readonly frame: string | Buffer;
  /** When it came, in ms as of `now`. */
  readonly at: number;
}

export interface IntakeOptions {
  /** Runs something, which says how many it has handed on, behind what has arrived already, or later (`beatOfTraffic`). Returns in how many ms. */
  schedule(run: () => number): number;
  /** Milliseconds, as sessions measure them. */
  now(): number;
  /** What has come has time until then, in ms as of `now`. */
  hasTime?(until: number): void;
}

/**
 * What members of rooms have sent, in its order, until it is handed to their sessions. On a busy server that happens in beats: to
 * decode, judge, order and tell dozens of edits one after the other takes a fraction of what they take each by itself, on a
 * processor that did something else meanwhile.
 */
export class Intake {
  readonly #options: IntakeOptions;
  #waiting: Arrival[] = [];
  #bytes = 0;
  /** When it is handed on, in ms as of `now`; null: nothing is scheduled. */
  #due: number | null = null;

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  /** Its session gets it by `receive` or `receiveBinary`, in this call or later. */
  take(to: Conversation, frame: string | Buffer): void {
    const at = this.#options.now();
    this.#waiting.push({ to, frame, at });
    this.#bytes += frame.length;
    if (this.#waiting.length >= MOST_WAITING || this.#bytes >= MOST_BYTES) this.flush();
    this.#due ??= this.#schedule();
    if (this.#due - at >= WORTH_MS) this.#options.hasTime?.(this.#due);
  }

  #schedule(): number {
    const { schedule, now } = this.#options;
    const wait = schedule(() => {
      this.#due = null;
      return this.flush();
    });
    return now() + wait;
  }

  /** Hands on everything now: somebody is about to leave, and what they said before has to be heard before. Returns how many that were. */
  flush(): number {
    const arrivals = this.#waiting;
    this.#waiting = [];
    this.#bytes = 0;
    for (const { to, frame, at } of arrivals) {
      if (typeof frame === 'string') to.receive(frame, at);
      else to.receiveBinary(frame, at);
    }
    return arrivals.length;
  }
}

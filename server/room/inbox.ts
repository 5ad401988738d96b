import type { ServerLimits } from '../limits.ts';
import type { Submission } from './plan.ts';
import { firstPortion, unitsOf } from './portion.ts';

export type InboxLimits = Pick<ServerLimits, 'inbox' | 'inboxUnits' | 'batch' | 'batchUnits'>;

/** The edits of a room that wait to be ordered, and those that are being written. Bounded by count and by units. */
export class Inbox {
  readonly #limits: InboxLimits;
  readonly #waiting: Submission[] = [];
  /** Of all that wait, as `unitsOf` counts them. */
  #units = 0;
  #inFlight: readonly Submission[] = [];

  constructor(limits: InboxLimits) {
    this.#limits = limits;
  }

  /** Nothing waits; something may still be in flight. */
  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  get waiting(): readonly Submission[] {
    return this.#waiting;
  }

  /** False, and nothing taken, if it is full. One edit always has a place, however large. */
  push(submission: Submission): boolean {
    const units = unitsOf(submission);
    const isFull =
      this.#waiting.length >= this.#limits.inbox ||
      (this.#waiting.length > 0 && this.#units + units > this.#limits.inboxUnits);
    if (isFull) return false;
    this.#waiting.push(submission);
    this.#units += units;
    return true;
  }

  /** Takes the next batch out; it is in flight until `settle`. */
  take(): readonly Submission[] {
    const batch = firstPortion(this.#waiting, this.#limits.batch, this.#limits.batchUnits);
    this.#waiting.splice(0, batch.length);
    for (const edit of batch) this.#units -= unitsOf(edit);
    this.#inFlight = batch;
    return batch;
  }

  /** What was in flight has been answered. */
  settle(): void {
    this.#inFlight = [];
  }

  /** Empties it. Returns everything that was not answered. */
  drop(): readonly Submission[] {
    const all = [...this.#inFlight, ...this.#waiting];
    this.#waiting.length = 0;
    this.#units = 0;
    return all;
  }

  /** Does an edit of this author wait, or is it being written? */
  holds(author: number): boolean {
    return this.#waiting.some((one) => one.author === author) || this.#inFlight.some((one) => one.author === author);
  }
}

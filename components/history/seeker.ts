import type { Moment } from './history-types.ts';
import { MomentCache } from './moment-cache.ts';

/** While the head is dragged, a moment is asked for no more often than this, in ms. */
const SEEK_MS = 80;
/** How long the head rests before its neighbours are fetched, in ms. */
const REST_MS = 150;
/** Longer texts are not fetched on suspicion, in UTF-16 units. */
const MOST_NEIGHBOUR = 300_000;

export interface SeekerOptions {
  read: (rev: number, signal: AbortSignal) => Promise<Moment>;
  /** Runs `run` after `ms`. Returns how to cancel. */
  after: (ms: number, run: () => void) => () => void;
  onMoment: (moment: Moment) => void;
  onFault: (error: unknown) => void;
}

/**
 * Brings the text of the moment that is wanted now: at once if it was seen before, else as soon as the server gives it. A
 * newer wish ends the older request; while the head rests the moments beside it are fetched.
 */
export class Seeker {
  readonly #options: SeekerOptions;
  readonly #cache = new MomentCache();
  #wanted: number | null = null;
  #request: AbortController | null = null;
  /** Set while the next request has to wait for its turn. */
  #cancelTurn: (() => void) | null = null;
  #isDue = false;
  #cancelRest: (() => void) | null = null;
  #neighbours: AbortController | null = null;

  constructor(options: SeekerOptions) {
    this.#options = options;
  }

  seek(rev: number): void {
    if (rev === this.#wanted && this.#request !== null) return;
    this.stop();
    this.#wanted = rev;
    const known = this.#cache.get(rev);
    if (known !== null) return this.#arrived(known);
    if (this.#cancelTurn !== null) {
      this.#isDue = true;
      return;
    }
    this.#ask(rev);
  }

  /** A moment that came by another way. */
  keep(moment: Moment): void {
    this.#cache.keep(moment);
  }

  /** Nothing is wanted any more; whatever is on its way is dropped. */
  stop(): void {
    this.#wanted = null;
    this.#isDue = false;
    this.#request?.abort();
    this.#request = null;
    this.#neighbours?.abort();
    this.#neighbours = null;
    this.#cancelRest?.();
    this.#cancelRest = null;
  }

  /** For good. */
  end(): void {
    this.stop();
    this.#cancelTurn?.();
    this.#cancelTurn = null;
  }

  #ask(rev: number): void {
    this.#cancelTurn = this.#options.after(SEEK_MS, () => {
      this.#cancelTurn = null;
      if (!this.#isDue || this.#wanted === null) return;
      this.#isDue = false;
      this.#ask(this.#wanted);
    });
    const request = new AbortController();
    this.#request = request;
    this.#options.read(rev, request.signal).then(
      (moment) => {
        this.#cache.keep(moment);
        if (this.#request === request) this.#arrived(moment);
      },
      (error: unknown) => {
        if (this.#request !== request) return;
        this.#request = null;
        this.#options.onFault(error);
      },
    );
  }

  #arrived(moment: Moment): void {
    this.#request = null;
    this.#options.onMoment(moment);
    if (moment.text.length > MOST_NEIGHBOUR) return;
    this.#cancelRest?.();
    this.#cancelRest = this.#options.after(REST_MS, () => void this.#fetchNeighbours(moment.rev));
  }

  /** Before and after it, for the arrow keys. */
  async #fetchNeighbours(rev: number): Promise<void> {
    const request = new AbortController();
    this.#neighbours = request;
    for (const next of [rev - 1, rev + 1]) {
      if (next < 1 || this.#cache.has(next) || request.signal.aborted) continue;
      try {
        this.#cache.keep(await this.#options.read(next, request.signal));
      } catch {
        // A head start only; there may be no such revision.
      }
    }
  }
}

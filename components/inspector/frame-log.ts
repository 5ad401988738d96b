import type { ReadFrame } from './read-frame.ts';

export interface Frame extends ReadFrame {
  id: number;
  /** Ms since 1970. */
  at: number;
  out: boolean;
  /** UTF-8 bytes of the message. */
  bytes: number;
  /** From the question to this answer, in ms. */
  roundTrip: number | null;
}

/** More is not kept: an hour of somebody who types. */
const MOST_FRAMES = 2_000;
/** Round trips that the percentile is taken of. */
const RECENT_TRIPS = 200;

/** The frames of this session since the inspector was opened, newest last. */
export class FrameLog {
  #frames: readonly Frame[] = [];
  #next = 1;
  readonly #asked = new Map<string, number>();
  #trips: number[] = [];
  readonly #listeners = new Set<() => void>();

  readonly all = (): readonly Frame[] => this.#frames;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** `now`: a monotonic time in ms, for round trips. */
  add(read: ReadFrame, { at, now, out, bytes }: { at: number; now: number; out: boolean; bytes: number }): void {
    if (read.asks !== null) this.#asked.set(read.asks, now);
    const asked = read.answers.map((word) => this.#asked.get(word)).find((when) => when !== undefined);
    for (const word of read.answers) this.#asked.delete(word);
    const roundTrip = asked === undefined ? null : now - asked;
    if (roundTrip !== null) this.#trips = [...this.#trips, roundTrip].slice(-RECENT_TRIPS);
    const frame = { ...read, id: this.#next, at, out, bytes, roundTrip };
    this.#next += 1;
    this.#frames = [...this.#frames.slice(1 - MOST_FRAMES), frame];
    for (const listener of this.#listeners) listener();
  }

  /** What 95 of a hundred recent round trips did not exceed, in ms; null before the first. */
  roundTripP95(): number | null {
    const sorted = this.#trips.toSorted((a, b) => a - b);
    return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? null;
  }
}

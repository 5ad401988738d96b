import type { Clock } from '../clock.ts';
import type { ServerLimits } from '../limits.ts';

export type BeatLimits = Pick<ServerLimits, 'beatMs' | 'membersPerBeatMs' | 'longestBeatMs'>;

/** A room's timetable: when it last had its turn, in ms as of the clock. */
export interface Turns {
  last: number;
}

/** Timers are no finer than this, in ms, and people no quicker. */
const SHORTEST_MS = 4;
/** Several rooms that write go on doing so for some beats. */
const CROWD_BEATS = 4;

interface Waiting {
  due: number;
  go: () => void;
}

/**
 * Gives rooms their turns to take what waits. Whoever comes after a pause goes at once, and so does whoever writes while no other
 * room does: there is nobody to go together with. While several rooms write, all go at each beat, so that one commit and one
 * wake-up serve them all. A large room goes more seldom: each edit is told to everybody there, so edits of the
 * same moment had better share a frame.
 */
export class Beat {
  readonly #clock: Clock;
  readonly #limits: BeatLimits;
  /** The newest beat, and the room that went then, if it was only one. */
  #last = Number.NEGATIVE_INFINITY;
  #lastRoom: Turns | null = null;
  /** Until when several rooms are taken to write. */
  #crowdUntil = Number.NEGATIVE_INFINITY;
  #waiting: Waiting[] = [];
  /** When the next beat is to be, and how to cancel it. */
  #next: { due: number; cancel: () => void } | null = null;

  constructor(clock: Clock, limits: BeatLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** Null: now. Otherwise resolves when the room's turn has come. `members`: how many are told of each edit. */
  turn(turns: Turns, members: number): Promise<void> | null {
    const { beatMs, membersPerBeatMs, longestBeatMs } = this.#limits;
    const now = this.#clock.now();
    if (this.#lastRoom !== turns && now - this.#last < beatMs) this.#crowdUntil = now + CROWD_BEATS * beatMs;
    const isCrowd = now < this.#crowdUntil;
    const own = Math.min(longestBeatMs, members / membersPerBeatMs);
    const gap = isCrowd ? Math.max(beatMs, own) : own < SHORTEST_MS ? 0 : own;
    const next = isCrowd ? Math.max(this.#last + beatMs, turns.last + gap) : turns.last + gap;
    // A clock that was set back must not keep anybody waiting.
    const wait = Math.min(gap, next - now);
    if (wait <= 0) {
      this.#last = now;
      this.#lastRoom = turns;
      turns.last = now;
      return null;
    }
    return new Promise((resolve) => {
      const go = (): void => {
        turns.last = this.#last;
        resolve();
      };
      this.#waiting.push({ due: now + wait, go });
      this.#schedule(now + wait, wait);
    });
  }

  #schedule(due: number, wait: number): void {
    if (this.#next !== null && this.#next.due <= due) return;
    this.#next?.cancel();
    this.#next = { due, cancel: this.#clock.after(wait, () => this.#beat(due)) };
  }

  /** Timers are seldom early, and then by less than a millisecond: it counts as `due` all the same. */
  #beat(due: number): void {
    this.#next = null;
    const now = Math.max(due, this.#clock.now());
    this.#last = now;
    this.#lastRoom = null;
    const still: Waiting[] = [];
    const gone: Waiting[] = [];
    for (const one of this.#waiting) (one.due <= now ? gone : still).push(one);
    this.#waiting = still;
    for (const { go } of gone) go();
    const first = still.reduce((least, one) => Math.min(least, one.due), Number.POSITIVE_INFINITY);
    if (still.length > 0) this.#schedule(first, first - now);
  }
}

import type { Clock } from '../clock.ts';
import type { ServerLimits } from '../limits.ts';

export type BeatLimits = Pick<ServerLimits, 'membersPerBeatMs' | 'longestBeatMs'>;

/** A room's timetable: when it last had its turn, in ms as of the clock. */
export interface Turns {
  last: number;
}

/** A room with fewer never waits: it would save little, and be seen by people who know each other. */
const LARGE_ROOM = 64;
/** So little more is no reason to wait, in ms: a timer and another turn would cost more. */
const SLACK_MS = 4;

/**
 * How often a room may take what waits. Small rooms whenever they like. A large room goes more seldom: each edit is told to
 * everybody there, so edits of the same moment had better share a frame. Whoever comes after a pause goes at once.
 */
export class Beat {
  readonly #clock: Clock;
  readonly #limits: BeatLimits;

  constructor(clock: Clock, limits: BeatLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** Null: now. Otherwise resolves when the room's turn has come. `members`: how many are told of each edit. */
  turn(turns: Turns, members: number): Promise<void> | null {
    const { membersPerBeatMs, longestBeatMs } = this.#limits;
    if (members < LARGE_ROOM) return null;
    const gap = Math.min(longestBeatMs, members / membersPerBeatMs);
    const now = this.#clock.now();
    // A clock that was set back must not keep anybody waiting.
    const wait = Math.min(gap, turns.last + gap - now);
    if (wait <= SLACK_MS) {
      turns.last = now;
      return null;
    }
    turns.last = now + wait;
    return new Promise((resolve) => this.#clock.after(wait, resolve));
  }
}

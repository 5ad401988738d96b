import { seededRandom } from '../../../lib/testing/index.ts';

/** Timers of Node are no finer, in ms. */
const TICK_MS = 1;

export interface PaceOptions {
  /** Who types: each one is called as often as its turn comes. */
  typists: readonly (() => void)[];
  /** Characters in a second, all of them together. */
  perSecond: number;
  /** How long, in ms. */
  ms: number;
}

/**
 * Everybody types at the same pace in turn, and the turns come as those of independent people do: at random times, the same in
 * every call. Nobody waits for an answer. Resolves when the time is over. If the machine cannot keep up, keys that are due come
 * at once: their number is kept.
 */
export async function typeAtPace({ typists, perSecond, ms }: PaceOptions): Promise<void> {
  const random = seededRandom(1);
  const betweenMs = 1_000 / perSecond;
  // Uniform in (0, 1], so that the logarithm is finite.
  const gap = (): number => -Math.log((random.int(1_000_000) + 1) / 1_000_000) * betweenMs;
  const began = performance.now();
  let turn = 0;
  let due = gap();
  while (due < ms) {
    const now = performance.now() - began;
    for (; due <= now && due < ms; due += gap()) typists[turn++ % typists.length]?.();
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
}

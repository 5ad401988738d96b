/** Random numbers that come again for the same seed, so that a failing case can be run once more. */
export interface SeededRandom {
  /** Uniform in [0, 1). */
  next(): number;
  /** A whole number from 0 up to, and without, `below`. */
  int(below: number): number;
  /** One of `choices`; throws a RangeError if there are none. */
  pick<T>(choices: readonly T[]): T;
}

/** Tommy Ettinger's mulberry32: 32 bits of state, plenty for tests, worthless for secrets. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed | 0;

  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  function int(below: number): number {
    return Math.floor(next() * below);
  }

  function pick<T>(choices: readonly T[]): T {
    if (choices.length === 0) throw new RangeError('Nothing to pick from');
    return choices[int(choices.length)] as T;
  }

  return { next, int, pick };
}

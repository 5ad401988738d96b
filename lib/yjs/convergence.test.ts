import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing/seeded-random.ts';
import { World } from './test-world.ts';

/** Histories. The full run uses 20,000. */
const CASES = Number(process.env['YJS_CASES'] ?? 150);
/** Case n runs on this plus n: to see a failing seed again, set it and YJS_CASES=1. */
const SEED = Number(process.env['YJS_SEED'] ?? 1);
const STEPS = 80;

describe('a shared text with stock clients', () => {
  it('[P4] [P6] [P12] has at every step the clean text that its ops lead to, and in the end so has everybody', () => {
    let failure: string | null = null;
    for (let seed = SEED; seed < SEED + CASES && failure === null; seed++) {
      const world = new World(seededRandom(seed));
      try {
        for (let step = 0; step < STEPS; step++) world.step();
        world.settle();
      } catch (error) {
        failure = `YJS_SEED=${seed} YJS_CASES=1 ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
      }
    }
    expect(failure).toBeNull();
  }, 600_000);
});

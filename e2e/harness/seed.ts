import { seededRandom, type SeededRandom } from '../../lib/testing/index.ts';

/**
 * The random numbers of one test, and what to say about them. `SEED=<n>` runs a failure again; without it every run
 * draws another seed, so put it into each message that a failing test prints.
 */
export function runSeed(): { seed: number; random: SeededRandom; note: string } {
  const chosen = process.env['SEED'];
  const seed = chosen === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(chosen);
  return { seed, random: seededRandom(seed), note: `(again with SEED=${seed})` };
}

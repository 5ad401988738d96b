/** A seed whose history broke a promise once. Each also has a test beside the file that was mended. */
export interface Regression {
  seed: number;
  what: string;
}

/**
 * What the simulator found. A seed stands for another history once the simulator draws other random numbers; then
 * `npm run simulate -- --mutants --only "found by simulation"` breaks the product again and tells a new one.
 */
export const REGRESSIONS: readonly Regression[] = [];

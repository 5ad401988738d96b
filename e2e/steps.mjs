import { Failure } from '../deploy/failure.mjs';

/**
 * @typedef {{ ok: boolean, summary?: string, output?: string, passed?: number, failed?: number }} Outcome
 *   `summary` is a few words for the step's line; `output` is shown when it failed.
 * @typedef {{ name: string, run: () => Promise<Outcome> }} Step
 */

/**
 * Runs every step, also after one has failed, and prints a line with its time for each.
 * @param {readonly Step[]} steps
 * @returns {Promise<(Outcome & { name: string })[]>}
 */
export async function runSteps(steps) {
  const outcomes = [];
  for (const step of steps) {
    const began = performance.now();
    const outcome = await attempt(step);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    if (!outcome.ok && outcome.output) console.log(`\n${outcome.output.trimEnd()}\n`);
    const mark = outcome.ok ? 'ok  ' : 'FAIL';
    console.log(`${mark} ${step.name.padEnd(18)} ${seconds.padStart(6)} s  ${outcome.summary ?? ''}`.trimEnd());
    outcomes.push({ ...outcome, name: step.name });
  }
  return outcomes;
}

/** @returns {Promise<Outcome>} */
async function attempt(/** @type {Step} */ step) {
  try {
    return await step.run();
  } catch (error) {
    if (error instanceof Failure) return { ok: false, output: error.message };
    return { ok: false, output: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

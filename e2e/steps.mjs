import { Failure } from '../deploy/failure.mjs';

/**
 * @typedef {{ ok: boolean, summary?: string, output?: string, passed?: number, failed?: number }} Outcome
 *   `summary` is a few words for the step's line; `output` is shown when it failed.
 * @typedef {{ name: string, run: () => Promise<Outcome>, after?: readonly string[] }} Step
 *   `after` names steps that must have passed, if they run at all; if one of them has failed, so has this one, without running.
 */

/**
 * Runs every step, also after one has failed, and prints a line with its time for each when it has ended.
 * @param {readonly Step[]} steps the ones to begin with first; a step that must wait for another lets the next one pass
 * @param {number} [lanes] how many run at the same time
 * @returns {Promise<(Outcome & { name: string })[]>} in the order in which they ended
 */
export async function runSteps(steps, lanes = 1) {
  const waiting = [...steps];
  /** @type {Set<Promise<void>>} */
  const running = new Set();
  /** @type {(Outcome & { name: string })[]} */
  const outcomes = [];
  const isOver = (/** @type {string} */ name) =>
    outcomes.some((outcome) => outcome.name === name) || !steps.some((step) => step.name === name);
  while (waiting.length + running.size > 0) {
    const next = running.size < lanes ? waiting.findIndex(({ after = [] }) => after.every(isOver)) : -1;
    if (next >= 0) {
      const [step] = waiting.splice(next, 1);
      if (step === undefined) break;
      const failed = outcomes.filter(({ name, ok }) => !ok && step.after?.includes(name)).map(({ name }) => name);
      const end = runStep(step, failed).then((outcome) => {
        outcomes.push({ ...outcome, name: step.name });
        running.delete(end);
      });
      running.add(end);
    } else if (running.size > 0) await Promise.race(running);
    else throw new Error(`Steps wait for others that never run: ${waiting.map(({ name }) => name).join(', ')}.`);
  }
  return outcomes;
}

/** @returns {Promise<Outcome>} */
async function runStep(/** @type {Step} */ step, /** @type {readonly string[]} */ failed) {
  const began = performance.now();
  const outcome =
    failed.length > 0 ? { ok: false, summary: `not run: ${failed.join(', ')} failed` } : await attempt(step);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  if (!outcome.ok && outcome.output) console.log(`\n${outcome.output.trimEnd()}\n`);
  const mark = outcome.ok ? 'ok  ' : 'FAIL';
  console.log(`${mark} ${step.name.padEnd(18)} ${seconds.padStart(6)} s  ${outcome.summary ?? ''}`.trimEnd());
  return outcome;
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

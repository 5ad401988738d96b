import { runCommand, Failure } from '../deploy/failure.mjs';
import { ensureBuild, ensureDependencies, ensureNode } from '../deploy/prepare.mjs';
import { checkSteps } from './check.mjs';
import { ensureChromium } from './chromium.mjs';
import { onOtherNode, OTHER_NODE } from './lts.mjs';
import { ensureServices } from './packages.mjs';
import { playwright, vitest } from './runners.mjs';
import { runSteps } from './steps.mjs';

/** Steps beside each other: each of them waits often, and computes on about one core. Two keep two cores busy. */
const LANES = 2;

/**
 * @typedef {{
 *   needsBuild: boolean, needsBrowser: boolean, needsServices?: boolean,
 *   steps: (chromium: string, isAll: boolean) => import('./steps.mjs').Step[],
 * }} Part `isAll`: all parts run, and time is dear.
 */

/** What `npm test -- <part> …` runs; without a name, all of it. Begun in this order: what takes longest first, or the end waits. */
const PARTS = /** @type {Record<string, Part>} */ ({
  check: { needsBuild: false, needsBrowser: false, steps: () => checkSteps() },
  browser: {
    needsBuild: true,
    needsBrowser: true,
    needsServices: true,
    steps: (chromium) => [{ name: 'browser tests', run: () => playwright({ chromium }) }],
  },
  integration: {
    needsBuild: true,
    needsBrowser: false,
    needsServices: true,
    steps: () => [{ name: 'integration tests', run: () => vitest({ project: 'integration' }) }],
  },
  lts: {
    needsBuild: true,
    needsBrowser: false,
    needsServices: true,
    steps: (_, isAll) => [
      {
        name: `unit and integration tests on Node ${OTHER_NODE}`,
        run: () => onOtherNode({ whole: !isAll }),
      },
    ],
  },
  unit: {
    needsBuild: false,
    needsBrowser: false,
    steps: () => [
      { name: 'unit tests', run: () => vitest({ project: 'unit' }) },
      // The laws of the algebra, on as many seeded cases as the issue asks for; the unit run above takes a sample.
      { name: 'a million laws', run: () => vitest({ project: 'unit', only: 'laws', env: { LAW_CASES: '1000000' } }) },
    ],
  },
  faults: {
    needsBuild: true,
    needsBrowser: false,
    steps: () => [{ name: 'faults', run: () => vitest({ project: 'faults' }) }],
  },
  cluster: {
    needsBuild: true,
    needsBrowser: false,
    needsServices: true,
    steps: () => [{ name: 'cluster', run: () => vitest({ project: 'cluster' }) }],
  },
  simulation: {
    needsBuild: false,
    needsBrowser: false,
    steps: () => [{ name: 'simulation', run: () => vitest({ project: 'simulation' }) }],
  },
});

// npm test: sets up whatever a fresh clone lacks, runs everything, and ends with one line that a machine can read.
await runCommand(async () => {
  const chosen = process.argv.slice(2);
  const isAll = chosen.length === 0;
  const names = isAll ? Object.keys(PARTS) : chosen;
  const parts = names.map((name) => {
    const part = PARTS[name];
    if (part !== undefined) return part;
    throw new Failure(`There is no part called "${name}". The parts are: ${Object.keys(PARTS).join(', ')}.`);
  });
  ensureNode();
  await ensureDependencies();
  const chromium = parts.some((part) => part.needsBrowser) ? await ensureChromium() : '';
  if (parts.some((part) => part.needsServices)) await ensureServices();

  const needsBuild = parts.some((part) => part.needsBuild);
  const outcomes = await runSteps(
    [
      ...(needsBuild ? [{ name: 'build', run: buildStep }] : []),
      ...parts.flatMap((part) =>
        part.steps(chromium, isAll).map((step) => (part.needsBuild ? { ...step, after: ['build'] } : step)),
      ),
    ],
    LANES,
  );
  // A check without counts of its own is one test.
  const passed = sum(outcomes.map(({ ok, passed }) => passed ?? (ok ? 1 : 0)));
  const failed = sum(outcomes.map(({ ok, failed }) => failed ?? (ok ? 0 : 1)));
  if (failed > 0) process.exitCode = 1;
  console.log(`\n${passed} passed, ${failed} failed`);
});

async function buildStep() {
  await ensureBuild();
  return { ok: true, passed: 0 };
}

function sum(/** @type {readonly number[]} */ numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

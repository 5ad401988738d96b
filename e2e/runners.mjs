import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quietNext, root } from '../deploy/project.mjs';
import { run } from '../deploy/run.mjs';

/** @typedef {import('./steps.mjs').Outcome} Outcome */

/**
 * Runs one of vitest's projects, or the files of it that `only` names, without those that `exclude` names; on another Node than
 * this if `node` is the path of one.
 * @param {{ project: string, only?: string, exclude?: readonly string[], env?: Record<string, string>, node?: string }} what
 * @returns {Promise<Outcome>}
 */
export function vitest({ project, only, exclude = [], env = {}, node = process.execPath }) {
  return withReport(async (report) => {
    const program = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const files = [...(only === undefined ? [] : [only]), ...exclude.map((path) => `--exclude=${path}`)];
    const { code, output } = await run(node, [program, 'run', '--project', project, ...reporters, ...files], {
      cwd: root,
      env: { ...env, NO_COLOR: '1' },
    });
    const result = readReport(report);
    const passed = result?.numPassedTests ?? 0;
    // A file that cannot even be loaded has no tests that could fail.
    const unloaded = result?.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    );
    const failed = (result?.numFailedTests ?? 0) + (unloaded?.length ?? 0);
    return verdict({ code, output, passed, failed, skipped: result?.numPendingTests ?? 0 });
  });
}

/**
 * Runs the browser tests.
 * @param {{ chromium: string }} what
 * @returns {Promise<Outcome>}
 */
export function playwright({ chromium }) {
  return withReport(async (report) => {
    const program = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
    const { code, output } = await run(
      process.execPath,
      [program, 'test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'],
      {
        cwd: root,
        env: {
          ...quietNext,
          CHROMIUM_PATH: chromium,
          PLAYWRIGHT_JSON_OUTPUT_FILE: report,
          NO_COLOR: '1',
          FORCE_COLOR: '0',
        },
      },
    );
    const stats = readReport(report)?.stats;
    const failed = (stats?.unexpected ?? 0) + (stats?.flaky ?? 0);
    return verdict({ code, output, passed: stats?.expected ?? 0, failed, skipped: stats?.skipped ?? 0 });
  });
}

/**
 * A runner that ran nothing has failed, and so has one that says so without naming a test (a crash, an open handle).
 * @param {{ code: number, output: string, passed: number, failed: number, skipped: number }} result
 * @returns {Outcome}
 */
function verdict({ code, output, passed, failed, skipped }) {
  const nothing = passed + failed === 0;
  const broken = nothing || (code !== 0 && failed === 0);
  const counted = broken ? failed + 1 : failed;
  return {
    ok: counted === 0,
    passed,
    failed: counted,
    summary: nothing
      ? 'no test ran'
      : `${passed} passed, ${counted} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
    output,
  };
}

/** @template T @param {(report: string) => Promise<T>} use @returns {Promise<T>} */
async function withReport(use) {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-report-'));
  try {
    return await use(join(folder, 'report.json'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(/** @type {string} */ path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

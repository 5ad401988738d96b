import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { Failure } from '../deploy/failure.mjs';
import { npm } from '../deploy/prepare.mjs';
import { root, tail } from '../deploy/project.mjs';
import { run } from '../deploy/run.mjs';
import { vitest } from './runners.mjs';

/** The line of Node with long-term support, which most people install. */
const CURRENT_LTS = 24;
/** The oldest that package.json's `engines` allows. */
const OLDEST = 20;

/** The tests run on this Node too: on the current LTS, or on the oldest that we allow where the LTS is what runs them anyway. */
export const OTHER_NODE = Number(process.versions.node.split('.')[0]) >= CURRENT_LTS ? OLDEST : CURRENT_LTS;

/**
 * Files that are a third of the integration tests' time, and are about what we compute rather than what Node does: recorded and
 * seeded histories, and bytes that are wrong. All that they use of Node others use too.
 */
const LONG_FILES = ['fifty-clients', 'traces', 'yjs-histories', 'yjs-hostile'].map(
  (name) => `e2e/integration/${name}.test.ts`,
);

/**
 * Runs the unit and integration tests on `OTHER_NODE`, and so every server and tool that they start.
 * @param {{ whole: boolean }} how `whole`: with the long files too
 * @returns {Promise<import('./steps.mjs').Outcome>}
 */
export async function onOtherNode({ whole }) {
  const { program, version } = await ensureOtherNode();
  const env = { PATH: `${dirname(program)}${delimiter}${process.env['PATH'] ?? ''}` };
  const exclude = whole ? [] : LONG_FILES;
  const outcomes = [
    await vitest({ project: 'unit', env, node: program }),
    await vitest({ project: 'integration', exclude, env, node: program }),
  ];
  const sum = (/** @type {'passed' | 'failed'} */ which) =>
    outcomes.reduce((total, outcome) => total + (outcome[which] ?? 0), 0);
  return {
    ok: outcomes.every(({ ok }) => ok),
    passed: sum('passed'),
    failed: sum('failed'),
    summary:
      `${version}: ${sum('passed')} passed, ${sum('failed')} failed` +
      (whole ? '' : `; ${exclude.length} long files are for \`npm test -- lts\``),
    output: outcomes.flatMap(({ ok, output = '' }) => (ok ? [] : [output])).join('\n'),
  };
}

/**
 * Fetches Node's own program out of the package registry, into a folder beside the libraries that is none of them, and goes
 * with them. Throws a `Failure` if that cannot be done, or if what came does not run here.
 * @returns {Promise<{ program: string, version: string }>}
 */
async function ensureOtherNode() {
  const folder = join(root, 'node_modules', '.cache', `node-${OTHER_NODE}`);
  const name = packageName();
  const program = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(program)) {
    const known = await versionOf(program);
    if (known !== null) return { program, version: known };
  }
  console.log(`Fetching Node ${OTHER_NODE} to run the tests on it too. This takes some seconds, once.`);
  mkdirSync(folder, { recursive: true });
  // Without one npm would look for a project in the folders above, which is ours.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const quiet = ['--no-audit', '--no-fund', '--no-save', '--ignore-scripts'];
  const { output } = await npm('install', '--prefix', folder, ...quiet, `${name}@${OTHER_NODE}`);
  const version = await versionOf(program);
  if (version !== null) return { program, version };
  throw new Failure(
    `${tail(output)}\n\nThe tests run on Node ${OTHER_NODE} as well as on this one, and the package ${name} that has it ` +
      'could not be fetched, or does not run here. Connect to the package registry and run the same command again.',
  );
}

/** The registry has Node's programs by system and processor, and one of them under another name. */
function packageName() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${system}-${process.arch}`;
}

/** Null: it is not there, does not run here, or is another Node than it should be. */
async function versionOf(/** @type {string} */ program) {
  const { code, output } = await run(program, ['--version']);
  const version = output.trim();
  return code === 0 && version.startsWith(`v${OTHER_NODE}.`) ? version : null;
}

import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../deploy/project.mjs';
import { run } from '../deploy/run.mjs';

const ROOMS = ['app', 'components', 'lib', 'server', 'deploy', 'e2e', 'bench'];

/**
 * One breach for each rule of .dependency-cruiser.mjs that a file alone can commit. The cruiser once passed a tree
 * because it could not read TypeScript and so saw nothing in it; a check that cannot fail proves nothing.
 */
const BREACHES = {
  'lib/ot/breach.ts': ["import 'node:fs';", 'lib-ot-imports'],
  'lib/protocol/breach.ts': ["import type { A } from '../client/index.ts';", 'lib-protocol-imports'],
  'lib/client/breach.ts': ["import '../../server/room.ts';", 'lib-client-imports'],
  'lib/yjs/breach.ts': ["import '../client/index.ts';", 'lib-yjs-imports'],
  'lib/testing/breach.ts': ["import '../../server/room.ts';", 'testing-is-small'],
  'server/breach.ts': ["import '../lib/client/index.ts';", 'server-has-no-browser'],
  'server/framework.ts': ["import 'next';", 'only-main-meets-next'],
  'server/tested.ts': ["import './room.test.ts';", 'no-test-code-in-product'],
  'components/breach.tsx': ["import type { A } from '../lib/ot/index.ts';", 'components-through-client'],
  'components/back-door.tsx': ["import '../lib/client/inner.ts';", 'front-doors'],
  'app/breach.ts': ["import '../server/room.ts';", 'app-is-thin'],
  'e2e/browser/breach.ts': ["import '../../lib/client/index.ts';", 'browser-tests-are-outside'],
  'e2e/breach.ts': ["import '../server/room.ts';", 'whole-system-tests-use-the-libraries'],
  'deploy/breach.mjs': ["import '../server/room.ts';", 'commands-know-no-product'],
  'server/round-a.ts': ["import './round-b.ts';", 'no-circular'],
  'server/lost.ts': ["import './nowhere.ts';", 'no-unresolvable'],
  'app/developing.ts': ["import 'vitest';", 'no-development-packages-in-product'],
};

/** What the breaches reach for. */
const INNOCENT = {
  'lib/client/index.ts': 'export type A = 1;',
  'lib/client/inner.ts': 'export const inner = 1;',
  'lib/ot/index.ts': 'export type A = 1;',
  'server/room.ts': 'export const room = 1;',
  'server/room.test.ts': 'export const test = 1;',
  'server/round-b.ts': "import './round-a.ts';",
  'node_modules/next/package.json': '{"name":"next","version":"1.0.0","main":"index.js"}',
  'node_modules/next/index.js': 'module.exports = 1;',
  'node_modules/vitest/package.json': '{"name":"vitest","version":"1.0.0","main":"index.js"}',
  'node_modules/vitest/index.js': 'module.exports = 1;',
  'package.json': '{"type":"module","dependencies":{"next":"1"},"devDependencies":{"vitest":"1"}}',
};

/** Cruises the planted tree, where each rule has to fire, and then ours, where none may. */
export async function checkImports() {
  const missed = await missedBreaches();
  if (missed.length > 0)
    return { ok: false, output: `The import rules overlook what they forbid:\n${missed.join('\n')}` };
  const { modules, violations } = await cruise(root);
  const seen = modules.filter((path) => /^(app|components|lib|server)\//.test(path)).length;
  if (seen === 0) return { ok: false, output: 'The import rules looked at no module of the product.' };
  const output = violations.map(({ rule, from, to }) => `${rule}: ${from} → ${to}`).join('\n');
  return { ok: violations.length === 0, summary: `${seen} modules of the product`, output };
}

/** @returns {Promise<string[]>} the breaches that nobody reported */
async function missedBreaches() {
  const tree = mkdtempSync(join(tmpdir(), 'tandem-imports-'));
  try {
    const breaches = Object.entries(BREACHES);
    const files = [...Object.entries(INNOCENT), ...breaches.map(([path, [code = '']]) => [path, code])];
    for (const [path = '', content = ''] of files) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), `${content}\n`);
    }
    const { violations } = await cruise(tree);
    return breaches
      .filter(([path, [, rule]]) => !violations.some((found) => found.from === path && found.rule === rule))
      .map(([path, [code, rule]]) => `${path}: ${code} should breach ${rule}`);
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

/** @returns {Promise<{ modules: string[], violations: { rule: string, from: string, to: string }[] }>} */
async function cruise(/** @type {string} */ folder) {
  const cruiser = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const rooms = ROOMS.filter((room) => existsSync(join(folder, room)));
  const config = join(root, '.dependency-cruiser.mjs');
  // Its exit code is the number of violations, so only the report tells a failure of its own from one of ours.
  const { output } = await run(process.execPath, [cruiser, '--config', config, '--output-type', 'json', ...rooms], {
    cwd: folder,
  });
  const report = parseReport(output);
  return {
    modules: report.modules.map(({ source }) => source),
    violations: report.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}

/**
 * @param {string} output
 * @returns {{ modules: { source: string }[], summary: { violations: { rule: { name: string }, from: string, to: string }[] } }}
 */
function parseReport(output) {
  try {
    return JSON.parse(output);
  } catch {
    throw new Error(`dependency-cruiser gave no report:\n${output.slice(0, 2000)}`);
  }
}

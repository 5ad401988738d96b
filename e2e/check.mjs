import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Failure, runCommand } from '../deploy/failure.mjs';
import { ensureDependencies, ensureNode } from '../deploy/prepare.mjs';
import { quietNext, root } from '../deploy/project.mjs';
import { run } from '../deploy/run.mjs';
import { checkWords } from '../deploy/words.mjs';
import { checkDocuments } from './check-documents.mjs';
import { checkImports } from './check-imports.mjs';
import { runSteps } from './steps.mjs';

/** Everything that is checked without running the product: format, types, lint, imports, colours, documents. */
export function checkSteps() {
  return [
    program('format', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']),
    // What Next derives from the routes, for the two behind it; the build writes into the same folder.
    { ...program('route types', 'next/dist/bin/next', ['typegen']), after: ['build'] },
    { ...program('types', 'typescript/bin/tsc', ['-p', root]), after: ['route types'] },
    {
      ...program('lint', 'oxlint/bin/oxlint', ['--type-aware', '--deny-warnings', '--quiet']),
      after: ['route types'],
    },
    { name: 'imports', run: checkImports },
    {
      name: 'contrast',
      run: () => node([join(root, 'app', 'check-contrast.mjs')]),
    },
    { name: 'documents', run: checkDocuments },
    { name: 'words', run: checkWords },
  ];
}

/** A step that runs a program out of node_modules with this very Node. */
function program(/** @type {string} */ name, /** @type {string} */ path, /** @type {string[]} */ args) {
  return { name, run: () => node([join(root, 'node_modules', path), ...args]) };
}

async function node(/** @type {string[]} */ args) {
  const [script = ''] = args;
  if (!existsSync(script)) return { ok: false, output: `${script} is missing.` };
  const { code, output } = await run(process.execPath, args, { cwd: root, env: quietNext });
  return { ok: code === 0, output };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await runCommand(async () => {
    ensureNode();
    await ensureDependencies();
    const outcomes = await runSteps(checkSteps());
    const failed = outcomes.filter((outcome) => !outcome.ok);
    if (failed.length > 0) throw new Failure(`These checks failed: ${failed.map(({ name }) => name).join(', ')}.`);
    console.log(`\nAll ${outcomes.length} checks passed.`);
  });
}

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, runCommand } from '../deploy/failure.mjs';
import { ensureDependencies, ensureNode } from '../deploy/prepare.mjs';
import { root, tail } from '../deploy/project.mjs';
import { run } from '../deploy/run.mjs';

const folder = join(root, 'bench');

// npm run bench: measures everything; npm run bench -- NAME…: these benchmarks, or areas (engine, server, browser).
await runCommand(async () => {
  ensureNode();
  await ensureDependencies();
  await ensurePeers();
  const main = join(folder, 'kit', 'main.ts');
  const loader = new URL('kit/typescript.mjs', import.meta.url).href;
  const child = spawn(process.execPath, ['--import', loader, main, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
});

/** Installs what bench/package-lock.json names, unless exactly that is there: libraries that Tandem is measured against. */
async function ensurePeers() {
  const done = join(folder, 'node_modules', '.package-lock.json');
  const wanted = versions(join(folder, 'package-lock.json'));
  const present = existsSync(done) ? versions(done) : {};
  const direct = Object.keys(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).dependencies);
  if (direct.every((name) => present[`node_modules/${name}`] === wanted[`node_modules/${name}`])) return;
  console.log('Installing the libraries that Tandem is measured against. This takes about a minute, once.');
  const path = process.env['npm_execpath'];
  const [command, first] = path?.endsWith('npm-cli.js') ? [process.execPath, [path]] : ['npm', []];
  const install = await run(command, [...first, 'ci', '--no-audit', '--no-fund'], { cwd: folder });
  if (install.code === 0) return;
  throw new Failure(
    `${tail(install.output)}\n\nInstalling the libraries to measure against failed; npm says why above.`,
  );
}

/** @returns {Record<string, string | undefined>} the version of each installed path */
function versions(/** @type {string} */ lockFile) {
  const { packages } = JSON.parse(readFileSync(lockFile, 'utf8'));
  return Object.fromEntries(Object.entries(packages).map(([path, { version }]) => [path, version]));
}

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readBasePath } from './base-path.mjs';
import { compressFiles } from './compress.mjs';
import { Failure } from './failure.mjs';
import { quietNext, root, tail } from './project.mjs';
import { run } from './run.mjs';
import { hashSources, stampBuild } from './stamp.mjs';

/**
 * Builds everything that `npm start` runs: the pages into .next/, the server, its storage worker and the storage's tools
 * into dist/.
 * Throws a `Failure` with the compiler's words if something does not compile.
 */
export async function build() {
  // Before half a minute of work.
  readBasePath();
  const sources = hashSources(root);
  // Half a build must never look like a whole one.
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  await buildServer();
  await buildPages();
  stampBuild(root, sources);
}

async function buildServer() {
  // Loaded late: on a fresh clone it is not installed yet when this file is read.
  const { build: bundle } = await import('esbuild');
  try {
    await bundle({
      absWorkingDir: root,
      entryPoints: [
        { in: 'server/main.ts', out: 'server' },
        { in: 'server/storage/sqlite/worker.ts', out: 'storage-worker' },
        ...['migrate-store', 'backup', 'restore'].map((tool) => ({ in: `server/storage/tools/${tool}.ts`, out: tool })),
      ],
      outdir: 'dist',
      outExtension: { '.js': '.mjs' },
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      // What is imported late is loaded late.
      splitting: true,
      packages: 'external',
      sourcemap: true,
      logLevel: 'silent',
    });
  } catch (error) {
    throw new Failure(
      `${error instanceof Error ? error.message : String(error)}\nThe server does not compile; see above.`,
    );
  }
}

async function buildPages() {
  const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
  const { code, output } = await run(process.execPath, [next, 'build'], {
    cwd: root,
    env: { ...quietNext, NODE_ENV: 'production' },
  });
  if (code !== 0) throw new Failure(`${tail(output, 80)}\nThe pages do not compile; see above.`);
  // Loaded late, as above.
  const { joinScripts } = await import('./join-scripts.mjs');
  joinScripts(join(root, '.next'));
  await compressFiles(join(root, '.next', 'static'));
}

import { Failure, runCommand } from './failure.mjs';
import { ensureBuild, ensureDependencies, ensureNode } from './prepare.mjs';
import { root } from './project.mjs';

// npm run restore: what it does is in server/storage/tools/restore.ts, which is built with the server.
await runCommand(async () => {
  process.chdir(root);
  ensureNode();
  await ensureDependencies();
  await ensureBuild();
  const { restore } = await import(new URL('../dist/restore.mjs', import.meta.url).href);
  const failure = await restore(process.argv.slice(2), console.log);
  if (failure !== null) throw new Failure(failure);
});

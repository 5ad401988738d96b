import { Failure, runCommand } from './failure.mjs';
import { ensureBuild, ensureDependencies, ensureNode } from './prepare.mjs';
import { root } from './project.mjs';

// npm run migrate-store: what it does is in server/storage/tools/migrate-store.ts, which is built with the server.
await runCommand(async () => {
  process.chdir(root);
  ensureNode();
  await ensureDependencies();
  await ensureBuild();
  const { migrateStore } = await import(new URL('../dist/migrate-store.mjs', import.meta.url).href);
  const failure = await migrateStore(process.argv.slice(2), console.log);
  if (failure !== null) throw new Failure(failure);
});

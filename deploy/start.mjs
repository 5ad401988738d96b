import { runCommand } from './failure.mjs';
import { ensureBuild, ensureDependencies, ensureNode } from './prepare.mjs';
import { quietNext, root } from './project.mjs';

// npm start: installs and builds what is missing, then becomes the server, so that signals reach it directly.
await runCommand(async () => {
  process.chdir(root);
  ensureNode();
  await ensureDependencies();
  await ensureBuild();
  Object.assign(process.env, quietNext, { NODE_ENV: 'production' });
  await import(new URL('../dist/server.mjs', import.meta.url).href);
});

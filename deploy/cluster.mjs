import { spawn } from 'node:child_process';
import { runCommand } from './failure.mjs';
import { ensureBuild, ensureDependencies, ensureNode } from './prepare.mjs';
import { quietNext, root } from './project.mjs';

// npm run cluster: Postgres, Redis, nginx and three nodes on this machine, to try it. All of it goes with Ctrl-C.
await runCommand(async () => {
  process.chdir(root);
  ensureNode();
  await ensureDependencies();
  await ensureBuild();
  const child = spawn(process.execPath, ['--import', 'tsx', 'e2e/cluster/run.ts', ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...quietNext },
  });
  // A terminal sends Ctrl-C to the child as well; other senders reach only us.
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  process.on('SIGINT', () => undefined);
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
});

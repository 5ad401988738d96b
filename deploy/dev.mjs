import { spawn } from 'node:child_process';
import { runCommand } from './failure.mjs';
import { ensureDependencies, ensureNode } from './prepare.mjs';
import { quietNext, root } from './project.mjs';

// npm run dev: the server from its TypeScript sources, pages compiled as they are asked for.
await runCommand(async () => {
  ensureNode();
  await ensureDependencies();
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...quietNext, NODE_ENV: 'development' },
  });
  // A terminal sends Ctrl-C to the child as well; other senders reach only us.
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT'])) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
});

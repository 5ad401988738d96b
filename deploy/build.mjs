import { build } from './bundle.mjs';
import { runCommand } from './failure.mjs';
import { ensureDependencies, ensureNode } from './prepare.mjs';

// npm run build: builds in any case; `npm start` builds only when the sources changed.
await runCommand(async () => {
  ensureNode();
  await ensureDependencies();
  console.log('Building Tandem.');
  await build();
  console.log('Built. `npm start` serves it.');
});

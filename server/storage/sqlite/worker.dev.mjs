/**
 * The storage's thread when the server runs from its sources (`npm run dev`, tests): a thread does not inherit the
 * loader that makes TypeScript run, so it registers its own. The bundle has the worker as one file and needs none;
 * the loader is looked up at run time because only development has it.
 */
const { register } = await import(import.meta.resolve('tsx/esm/api'));
register();
await import('./worker.ts');

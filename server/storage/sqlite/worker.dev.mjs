/**
 * The storage's thread when the server runs from its sources (`npm run dev`, tests): a thread does not inherit the
 * loader that makes TypeScript run, so it registers its own. The bundle has the worker as one file and needs none.
 */
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');

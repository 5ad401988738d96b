import { register } from 'node:module';

// `node --import ./bench/kit/typescript.mjs`: see load-typescript.mjs.
register('./load-typescript.mjs', import.meta.url);

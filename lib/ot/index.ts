export type { Op } from './op.ts';

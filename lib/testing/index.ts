export type { SeededRandom } from './seeded-random.ts';
export { seededRandom } from './seeded-random.ts';

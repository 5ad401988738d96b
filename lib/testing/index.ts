export type { SeededRandom } from './seeded-random.ts';
export { seededRandom } from './seeded-random.ts';
export { ManualClock } from './manual-clock.ts';

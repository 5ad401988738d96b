import type { Bench } from '../kit/bench.ts';
import { saturationReport } from './saturation-report.ts';

export const bench: Bench = {
  name: 'saturation-100x5',
  title: 'Saturation in 100 rooms of 5',
  about: 'All 500 type, twice as fast in each step of a second, until the server cannot keep up.',
  needsBuild: true,
  run: () => saturationReport({ title: '100 rooms of 5', rooms: 100, members: 5, from: 10_000, steps: 7 }),
};

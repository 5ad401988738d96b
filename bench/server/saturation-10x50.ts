import type { Bench } from '../kit/bench.ts';
import { saturationReport } from './saturation-report.ts';

export const bench: Bench = {
  name: 'saturation-10x50',
  title: 'Saturation in 10 rooms of 50',
  about: 'All 500 type, twice as fast in each step of a second, until the server cannot keep up.',
  needsBuild: true,
  run: () => saturationReport({ title: '10 rooms of 50', rooms: 10, members: 50, from: 40_000, steps: 7 }),
};

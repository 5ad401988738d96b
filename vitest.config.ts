import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{app,components,deploy,lib,server}/**/*.test.{ts,tsx}'],
          // A hundred thousand revisions take a second, and ten on a machine that is busy.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'simulation',
          include: ['e2e/simulation/**/*.test.ts'],
          // Thousands of whole histories in one test: a minute of one core, more on a machine that is busy.
          testTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['e2e/integration/**/*.test.ts'],
          // Each file drives servers of its own, and waits most of its time: for pauses, deadlines, starts, and answers.
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'faults',
          include: ['e2e/faults/**/*.test.ts'],
          // Attacks take all that the machine has: one at a time, or they would measure each other.
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'cluster',
          include: ['e2e/cluster/**/*.test.ts'],
          // Each file starts a whole cluster, and waits out failures of 20 s, in which there is little to do.
          maxWorkers: 2,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});

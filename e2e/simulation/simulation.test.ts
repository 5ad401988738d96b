import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleSimulation, playInChild } from './bundle.ts';
import { Coverage, HISTORIES_OF_MINIMA, type Event } from './coverage.ts';
import { playHistory } from './history.ts';
import { playHistories, report, seedsFrom } from './play.ts';
import { REGRESSIONS } from './regressions.ts';

/** Events of a failing history that are printed. */
const LINES = 60;
/** A quick look while working: `HISTORIES=100 npx vitest run --project simulation`. */
const HISTORIES = Number(process.env['HISTORIES'] ?? HISTORIES_OF_MINIMA);
/** More processes than that gain nothing on the machines that tests run on. */
const MOST_CHILDREN = 2;
const PATIENCE_MS = 500_000;

describe('histories of everything that goes wrong', () => {
  it(`[P1] [P2] [P3] [P4] [P5] [P6] [P11] [P12] keep every promise (${HISTORIES} seeds)`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tandem-simulation-'));
    try {
      const bundle = await bundleSimulation(folder, null);
      const children = Math.min(MOST_CHILDREN, availableParallelism());
      const share = Math.ceil(HISTORIES / children);
      const reports = await Promise.all(
        Array.from({ length: children }, (_, index) => playInChild(bundle, 1 + index * share, share, PATIENCE_MS)),
      );
      expect(reports.flatMap(({ violation }) => violation?.report ?? []).join('\n\n')).toBe('');
      const coverage = new Coverage();
      for (const { counts } of reports) for (const [event, times] of counts) coverage.count(event as Event, times);
      // A fault that no longer happens proves nothing.
      expect(coverage.gaps(children * share)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('come again bit for bit from their seed', async () => {
    for (const seed of seedsFrom(1, 12)) {
      const first = await playHistory(seed);
      const again = await playHistory(seed, { traced: true });
      expect(again.digest, `seed ${seed}`).toBe(first.digest);
      expect([...again.coverage.counts], `seed ${seed}`).toEqual([...first.coverage.counts]);
    }
  });

  it.each(REGRESSIONS)('keep every promise again: $what (seed $seed)', async ({ seed }) => {
    const { violations } = await playHistories([seed], () => false);
    expect(violations.map((violation) => report(violation, LINES)).join('\n')).toBe('');
  });
});

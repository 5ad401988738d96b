import { describe, expect, it } from 'vitest';
import { HISTORIES_OF_MINIMA } from './coverage.ts';
import { playHistory } from './history.ts';
import { playHistories, report, seedsFrom } from './play.ts';
import { REGRESSIONS } from './regressions.ts';

/** Events of a failing history that are printed. */
const LINES = 60;
/** A quick look while working: `HISTORIES=100 npx vitest run --project simulation`. */
const HISTORIES = Number(process.env['HISTORIES'] ?? HISTORIES_OF_MINIMA);

describe('histories of everything that goes wrong', () => {
  it(`[P1] [P2] [P3] [P4] [P5] [P6] [P11] keep every promise (${HISTORIES} seeds)`, async () => {
    const { histories, coverage, violations } = await playHistories(
      seedsFrom(1, HISTORIES),
      (played) => played.violations.length > 0,
    );
    expect(violations.map((violation) => report(violation, LINES)).join('\n')).toBe('');
    expect(histories).toBe(HISTORIES);
    // A fault that no longer happens proves nothing.
    expect(coverage.gaps(histories)).toEqual([]);
  });

  it('come again bit for bit from their seed', async () => {
    for (const seed of seedsFrom(1, 25)) {
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

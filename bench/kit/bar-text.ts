import { shortfallOf, verdictOf, type Bar } from './bar.ts';
import { numberText } from './figure-text.ts';
import { alignedTable } from './table.ts';

const SIGN = { 'at least': '≥', 'at most': '≤' } as const;

const VERDICT = { reached: 'goal reached', short: 'must reached', missed: '**must missed**' } as const;

/** The bars as a Markdown table. */
export function barsText(bars: readonly Bar[]): string {
  const lines = bars.map((bar) => {
    const bound = (value: number) => `${SIGN[bar.sense]} ${numberText(value)}${bar.unit}`;
    const reached = `${numberText(bar.value)}${bar.unit}`;
    return [bar.what, reached, bound(bar.goal), bound(bar.must), VERDICT[verdictOf(bar)]];
  });
  return alignedTable(['measure', 'reached', 'goal', 'must', ''], lines);
}

/** For each bar whose goal is missed: by how much, and what stands in the way. */
export function shortfalls(bars: readonly Bar[]): string[] {
  return bars
    .filter((bar) => verdictOf(bar) !== 'reached')
    .map((bar) => {
      const part = shortfallOf(bar);
      const by = Number.isFinite(part) ? `misses its goal by ${Math.ceil(part * 100)} %` : 'has no figure';
      return `${bar.what}: ${by}.${bar.obstacle === undefined ? '' : ` ${bar.obstacle}`}`;
    });
}

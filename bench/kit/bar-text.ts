import { shortfallOf, verdictOf, type Bar } from './bar.ts';
import { numberText } from './figure-text.ts';
import { alignedTable } from './table.ts';

const SIGN = { 'at least': '≥', 'at most': '≤' } as const;

/** The bars as a Markdown table. */
export function barsText(bars: readonly Bar[]): string {
  const lines = bars.map((bar) => {
    const must = bar.must === undefined ? '–' : boundText(bar, bar.must);
    return [bar.what, valueText(bar), boundText(bar, bar.goal), must, verdictText(bar)];
  });
  return alignedTable(['measure', 'reached', 'goal', 'must', ''], lines);
}

/** What a bar has found, with its unit. */
export function valueText({ value, unit }: Bar): string {
  return `${numberText(value)}${unit}`;
}

/** One of its bounds, as `≤ 5 ms`. */
export function boundText({ sense, unit }: Bar, bound: number): string {
  return `${SIGN[sense]} ${numberText(bound)}${unit}`;
}

function verdictText(bar: Bar): string {
  switch (verdictOf(bar)) {
    case 'reached':
      return 'goal reached';
    case 'short':
      return bar.must === undefined ? 'goal missed' : 'must reached';
    case 'missed':
      return '**must missed**';
  }
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

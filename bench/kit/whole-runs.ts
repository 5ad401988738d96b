import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { verdictOf, type Bar } from './bar.ts';
import { boundText, valueText } from './bar-text.ts';
import type { Result } from './bench.ts';
import { alignedTable } from './table.ts';

const file = new URL('../results/whole-runs.json', import.meta.url);

/** One run may be lucky; this many in a row tell. */
const KEPT = 3;

/** One run of all benchmarks. */
interface WholeRun {
  /** ISO, UTC, to the second. */
  at: string;
  commit: string;
  /** From the first benchmark to the last, without building. */
  seconds: number;
  bars: readonly Bar[];
}

/** Keeps what a run of all benchmarks found, and forgets all but the last ones. */
export function keepWholeRun(results: readonly Result[], seconds: number): void {
  const last = results.at(-1)?.machine;
  if (last === undefined) return;
  const bars = results.flatMap((result) => result.bars);
  const run: WholeRun = { at: last.at, commit: last.commit, seconds: Math.round(seconds), bars };
  writeFileSync(file, `${JSON.stringify([...wholeRuns(), run].slice(-KEPT), null, 1)}\n`);
}

function wholeRuns(): WholeRun[] {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as WholeRun[]) : [];
}

/** Part of the report: each bar in each of the last whole runs; what misses its must is in bold. Empty if there was none. */
export function wholeRunsText(): string[] {
  const runs = wholeRuns();
  const newest = runs.at(-1);
  if (newest === undefined) return [];
  const lines = newest.bars.map((bar) => [
    bar.what,
    bar.must === undefined ? '–' : boundText(bar, bar.must),
    ...runs.map(({ bars }) => cell(bars.find(({ what }) => what === bar.what))),
  ]);
  const heads = runs.map(({ at, commit }) => `${at.slice(0, 16).replace('T', ' ')}, \`${commit}\``);
  const took = runs.map(({ seconds }) => `${Math.floor(seconds / 60)} min ${seconds % 60} s`);
  return [
    '',
    `## The last whole runs\n`,
    `They took ${took.join(', ')}. Whom a peer is compared with may change from run to run.\n`,
    alignedTable(['measure', 'must', ...heads], lines),
  ];
}

function cell(bar: Bar | undefined): string {
  if (bar === undefined) return '–';
  return verdictOf(bar) === 'missed' ? `**${valueText(bar)}**` : valueText(bar);
}

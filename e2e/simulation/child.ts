import { playHistories, report, seedsFrom } from './play.ts';

/** What a child says when it is done, as the last line of its output: JSON. */
export interface ChildReport {
  histories: number;
  /** What was broken first; null if nothing was. */
  violation: { message: string; report: string } | null;
  /** Coverage: how often each event happened. */
  counts: [string, number][];
}

/** Events of a failing history that are told. */
const LINES = 60;

// Every refusal makes an error, and nobody here reads where it came from.
Error.stackTraceLimit = 0;
const [first, count] = process.argv.slice(2).map(Number);
const { histories, violations, coverage } = await playHistories(
  seedsFrom(first ?? 1, count ?? 0),
  (played) => played.violations.length > 0,
);
const [violation] = violations;
const result: ChildReport = {
  histories,
  violation: violation ? { message: violation.message, report: report(violation, LINES) } : null,
  counts: [...coverage.counts],
};
console.log(JSON.stringify(result));

/** All benchmarks together, on two quiet cores, in seconds: what the issue allows. */
export const ALL_S = 15 * 60;

/** What each of them may take of it, in seconds. The rest is for the build and for machines that are not quite quiet. */
const BUDGETS: Readonly<Record<string, number>> = {
  'big-document': 22,
  concurrent: 28,
  offline: 7,
  replay: 38,
  'replay-history': 32,
  'stored-history': 35,
  transform: 35,
  'bytes-per-character': 14,
  'fan-out': 57,
  idle: 96,
  opening: 32,
  'opening-history': 18,
  reconnect: 23,
  'saturation-100x5': 43,
  'saturation-10x50': 34,
  'typing-1x200': 54,
  'typing-1x50': 48,
  'typing-20x5': 96,
  'page-budgets': 36,
  'page-load': 21,
  'page-typing': 128,
};

/** What this one may take, in seconds. Throws if nobody has said it: a new one has to find its place among the others. */
export function budgetOf(name: string): number {
  const seconds = BUDGETS[name];
  if (seconds === undefined) throw new RangeError(`bench/kit/time-budget.ts does not say what ${name} may take.`);
  return seconds;
}

/** What all that are named may take together, in seconds. */
export function budgetOfAll(names: readonly string[]): number {
  return names.reduce((sum, name) => sum + budgetOf(name), 0);
}

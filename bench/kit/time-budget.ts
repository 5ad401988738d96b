/** All benchmarks together, on two quiet cores, in seconds: what the issue allows. */
export const ALL_S = 15 * 60;

/** What each of them may take of it, in seconds. The rest is for the build and for machines that are not quite quiet. */
const BUDGETS: Readonly<Record<string, number>> = {
  'big-document': 22,
  concurrent: 25,
  offline: 5,
  replay: 35,
  'replay-history': 27,
  'stored-history': 34,
  transform: 33,
  'bytes-per-character': 14,
  'fan-out': 56,
  idle: 122,
  opening: 43,
  'opening-history': 29,
  reconnect: 21,
  'saturation-100x5': 43,
  'saturation-10x50': 34,
  'typing-1x200': 50,
  'typing-1x50': 40,
  'typing-20x5': 94,
  'page-budgets': 33,
  'page-load': 16,
  'page-typing': 124,
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

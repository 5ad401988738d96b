/** All benchmarks together, on two quiet cores, in seconds: what the issue allows. */
export const ALL_S = 15 * 60;

/** What each of them may take of it, in seconds. The rest is for the build and for machines that are not quite quiet. */
const BUDGETS: Readonly<Record<string, number>> = {
  'big-document': 30,
  concurrent: 25,
  offline: 20,
  replay: 45,
  'replay-history': 40,
  'stored-history': 40,
  transform: 60,
  'bytes-per-character': 15,
  'fan-out': 60,
  idle: 95,
  opening: 30,
  'opening-history': 35,
  reconnect: 35,
  'saturation-100x5': 35,
  'saturation-10x50': 35,
  'typing-1x200': 35,
  'typing-1x50': 25,
  'typing-20x5': 35,
  'page-budgets': 45,
  'page-load': 30,
  'page-typing': 110,
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

/** What a figure is held to. */
export interface Bar {
  /** What is measured, compared with whom: a phrase. */
  what: string;
  value: number;
  /** Behind the number, with the space that belongs before it: '×', ' ms', ' bytes', or nothing. */
  unit: string;
  sense: 'at least' | 'at most';
  goal: number;
  /** The least that will do; absent: nobody has named one, and there is only the goal. */
  must?: number;
  /** What stands in the way of the goal, a sentence or two; told when it is missed. */
  obstacle?: string;
}

/** `short`: only the must is reached, or there is none. `missed`: not even the must is. */
export type Verdict = 'reached' | 'short' | 'missed';

/** How a bar fared. A value that is no number has missed it. */
export function verdictOf({ value, sense, goal, must }: Bar): Verdict {
  const reaches = (bound: number) => (sense === 'at least' ? value >= bound : value <= bound);
  if (reaches(goal)) return 'reached';
  return must === undefined || reaches(must) ? 'short' : 'missed';
}

/** By how much the goal is missed, as part of the goal: 0.25 is a quarter. Below 0 if it is reached. */
export function shortfallOf({ value, sense, goal }: Bar): number {
  return sense === 'at least' ? 1 - value / goal : value / goal - 1;
}

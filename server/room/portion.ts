import type { Op } from '../../lib/ot/index.ts';

/** Units that a part of an op costs at least: its number, or quotes and comma. */
const PART_UNITS = 6;

/** About how many units an op has as JSON. */
export function unitsOf(op: Op): number {
  return op.reduce<number>((sum, part) => sum + PART_UNITS + (typeof part === 'string' ? part.length : 0), 0);
}

/** The first of `edits`: at most `most`, and at most `units` units of ops, but one at the least if there is any. */
export function firstPortion<T extends { op: Op }>(edits: readonly T[], most: number, units: number): T[] {
  let count = 0;
  let sum = 0;
  for (const { op } of edits) {
    sum += unitsOf(op);
    if (count > 0 && (count >= most || sum > units)) break;
    count++;
  }
  return edits.slice(0, count);
}

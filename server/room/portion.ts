import type { Op } from '../../lib/ot/index.ts';

/** Units that a part of an op costs at least: its number, or quotes and comma. */
const PART_UNITS = 6;

/** An edit as an op, or as a Yjs update. */
export type Measured = { op: Op } | { update: Uint8Array };

/** About how many units an edit has as JSON; an update counts its bytes. */
export function unitsOf(edit: Measured): number {
  if ('update' in edit) return PART_UNITS + edit.update.length;
  return edit.op.reduce<number>((sum, part) => sum + PART_UNITS + (typeof part === 'string' ? part.length : 0), 0);
}

/** The first of `edits`: at most `most`, and at most `units` units of ops, but one at the least if there is any. */
export function firstPortion<T extends Measured>(edits: readonly T[], most: number, units: number): T[] {
  let count = 0;
  let sum = 0;
  for (const edit of edits) {
    sum += unitsOf(edit);
    if (count > 0 && (count >= most || sum > units)) break;
    count++;
  }
  return edits.slice(0, count);
}

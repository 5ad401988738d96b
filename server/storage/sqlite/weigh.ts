import type { Batch } from '../storage.ts';

/**
 * UTF-16 units of a batch's ops as JSON, about. Null if it has to do with Yjs, or with what no table can hold and would never
 * leave the tail.
 */
export function weigh({ entries, settled, lineage }: Batch): number | null {
  if (lineage || !settled.every(({ seq, rev }) => Number.isSafeInteger(seq) && Number.isSafeInteger(rev))) return null;
  let units = 0;
  for (const { seq, at, op, yjs } of entries) {
    if (yjs || !Number.isSafeInteger(seq) || !Number.isSafeInteger(at)) return null;
    units += 8;
    for (const part of op) units += typeof part === 'string' ? part.length + 3 : 6;
  }
  return units;
}

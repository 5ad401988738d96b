import type { Op } from './op.ts';

/**
 * Ops with a single edit, which nearly all are: they replace some units at a place by a text. In canonical form the length and the
 * ends tell all of it. None of these is for identity.
 */

/** Where an op's only edit is, or -1 if it has several. */
export function oneEditPosition(op: Op): number {
  if (op.length > 3) return -1;
  const first = op[0];
  if (op.length > 1 && typeof first === 'number' && first > 0) return first;
  return op.length < 3 ? 0 : -1;
}

/** How much the only edit of an op deletes. */
export function deletedAtEnd(op: Op): number {
  const last = op[op.length - 1];
  return typeof last === 'number' ? -last : 0;
}

/** What the only edit of an op inserts. */
export function insertedAtEnd(op: Op): string {
  const last = op[op.length - 1];
  if (typeof last === 'string') return last;
  const before = op[op.length - 2];
  return typeof before === 'string' ? before : '';
}

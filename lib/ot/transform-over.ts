import { ChunkedOp } from './chunked-op.ts';
import { deletedAtEnd, insertedAtEnd, oneEditPosition } from './one-edit.ts';
import { replacement, type Op } from './op.ts';
import { transform } from './transform.ts';

/** With fewer parts, or over fewer ops, cutting costs more than it saves. */
const MANY_PARTS = 48;
const MANY_OPS = 16;

/** `op`, made before `others`, which follow each other, on the text after them: moved over one at a time, as the right side. */
export function transformOver(op: Op, others: readonly Op[]): Op {
  if (op.length > MANY_PARTS && others.length > MANY_OPS) {
    return others.reduce((moved, other) => moved.alongside(other).op, ChunkedOp.of(op)).toOp();
  }
  let moved = op;
  let next = 0;
  while (next < others.length && moved.length > 0) {
    const at = oneEditPosition(moved);
    if (at !== -1) {
      const over = placeOver(at, deletedAtEnd(moved), others, next);
      if (over.at !== at) moved = replacement(over.at, deletedAtEnd(moved), insertedAtEnd(moved));
      next = over.next;
    }
    const other = others[next++];
    if (other !== undefined) moved = transform(moved, other, 'right');
  }
  return moved;
}

/**
 * Where an edit at `at` that deletes `deleted` units is once it was moved over `others` from index `from` on, up to the first that
 * does not only move it: `next`, their number if there is none. The closed form of `transform`, without an op for each step.
 */
function placeOver(at: number, deleted: number, others: readonly Op[], from: number): { at: number; next: number } {
  let place = at;
  let next = from;
  for (; next < others.length; next++) {
    const other = others[next];
    if (other === undefined || other.length === 0) continue;
    const otherAt = oneEditPosition(other);
    if (otherAt === -1) break;
    if (place < otherAt && place + deleted <= otherAt) continue;
    const inserted = insertedAtEnd(other).length;
    const end = otherAt + deletedAtEnd(other);
    if (place >= end) place += otherAt + inserted - end;
    // An insert into text that is gone lands behind what took its place.
    else if (deleted === 0) place = otherAt + inserted;
    else break;
  }
  return { at: place, next };
}

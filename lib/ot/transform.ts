import { deletedAtEnd, insertedAtEnd, oneEditPosition } from './one-edit.ts';
import type { Op } from './op.ts';
import { replacement } from './op.ts';
import { transformPartsPair } from './transform-pair.ts';

/** Who wins a tie: of two inserts at one position, the left one's text comes first. */
export type Side = 'left' | 'right';

/**
 * `op` rewritten so that it applies after `other`, both made on the same text. `side` is the side of `op`. TP1:
 *
 *     apply(apply(t, a), transform(b, a, 'right')) = apply(apply(t, b), transform(a, b, 'left'))
 *
 * Returns the same array if nothing moves.
 */
export function transform(op: Op, other: Op, side: Side): Op {
  if (op.length === 0 || other.length === 0) return op;
  const moved = transformOneEdit(op, other, side);
  if (moved !== null) return moved;
  return side === 'left' ? transformPartsPair(op, other)[0] : transformPartsPair(other, op)[1];
}

/** Both sides of the diamond: `[transform(left, right, 'left'), transform(right, left, 'right')]`. */
export function transformPair(left: Op, right: Op): [left: Op, right: Op] {
  if (left.length === 0 || right.length === 0) return [left, right];
  const at = oneEditPosition(left);
  const otherAt = oneEditPosition(right);
  if (at === -1 || otherAt === -1) return transformPartsPair(left, right);
  // Two edits that do not meet: the first stays, the second moves.
  if (at + deletedAtEnd(left) <= otherAt) return [left, movedBy(left, right, otherAt)];
  if (otherAt < at && otherAt + deletedAtEnd(right) <= at) return [movedBy(right, left, at), right];
  return [transform(left, right, 'left'), transform(right, left, 'right')];
}

/**
 * The closed form for two ops of one edit each, which nearly all are: `op` replaces `deleted` units at `at` by text,
 * `other` likewise. Null if it is another case, or one where the result has two edits.
 */
function transformOneEdit(op: Op, other: Op, side: Side): Op | null {
  const at = oneEditPosition(op);
  const otherAt = oneEditPosition(other);
  if (at === -1 || otherAt === -1) return null;
  const deleted = deletedAtEnd(op);
  if (at + deleted <= otherAt && (at < otherAt || side === 'left')) return op;

  const text = insertedAtEnd(op);
  const otherDeleted = deletedAtEnd(other);
  const otherText = insertedAtEnd(other);
  if (at >= otherAt + otherDeleted && (at > otherAt || side === 'right' || text === '')) {
    const shift = otherText.length - otherDeleted;
    return shift === 0 ? op : replacement(at + shift, deleted, text);
  }
  // An insert into text that is gone lands behind what took its place.
  if (deleted === 0) return replacement(otherAt + otherText.length, 0, text);
  return null;
}

/** The only edit of `op`, which is at `at`, behind that of `other`. */
function movedBy(other: Op, op: Op, at: number): Op {
  const shift = insertedAtEnd(other).length - deletedAtEnd(other);
  return shift === 0 ? op : replacement(at + shift, deletedAtEnd(op), insertedAtEnd(op));
}

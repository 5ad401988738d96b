import { MANY_PARTS, nearPart } from './near-part.ts';
import { identity, type Op } from './op.ts';
import { transform, type Side } from './transform.ts';

/** `transform`, which looks only at the part of a long `op` that `other` can touch; the rest is copied. */
export function transformNear(op: Op, other: Op, side: Side): Op {
  const near = op.length > MANY_PARTS && other.length > 0 ? nearPart(op, other) : null;
  if (!near) return transform(op, other, side);
  return near.whole({ op: transform(near.op, near.other, side), change: identity }).op;
}

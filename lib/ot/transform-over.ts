import { ChunkedOp } from './chunked-op.ts';
import type { Op } from './op.ts';
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
  for (const other of others) moved = transform(moved, other, 'right');
  return moved;
}

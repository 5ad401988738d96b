import { assertReach } from './apply.ts';
import type { Op } from './op.ts';
import { OpBuilder } from './op-builder.ts';
import type { TextLike } from './text-like.ts';

/**
 * The op that undoes `op`: it leads from the text after `op` back to `text`, the text before it. Throws a RangeError if
 * `op` reaches beyond `text`.
 */
export function invert(op: Op, text: TextLike): Op {
  assertReach(op, text.length);
  const out = new OpBuilder();
  let position = 0;
  for (const part of op) {
    if (typeof part === 'string') {
      out.remove(part.length);
    } else if (part > 0) {
      out.retain(part);
      position += part;
    } else {
      out.insert(text.slice(position, position - part));
      position -= part;
    }
  }
  return out.done();
}

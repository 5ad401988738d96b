import { assertReach } from './apply.ts';
import { identity, type Op } from './op.ts';
import type { TextLike } from './text-like.ts';

/**
 * The op that undoes `op`: it leads from the text after `op` back to `text`, the text before it. Throws a RangeError if
 * `op` reaches beyond `text`.
 */
export function invert(op: Op, text: TextLike): Op {
  assertReach(op, text.length);
  const parts: (number | string)[] = [];
  let position = 0;
  // What the newest edit inserted, which its inverse deletes behind what it puts back.
  let inserted = 0;
  for (let index = 0; index < op.length; index++) {
    const part = op[index];
    if (typeof part === 'string') {
      inserted = part.length;
    } else if (part !== undefined && part > 0) {
      if (inserted > 0) parts.push(-inserted);
      inserted = 0;
      parts.push(part);
      position += part;
    } else if (part !== undefined) {
      parts.push(text.slice(position, position - part));
      position -= part;
    }
  }
  if (inserted > 0) parts.push(-inserted);
  return parts.length === 0 ? identity : parts;
}

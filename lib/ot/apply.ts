import type { Op } from './op.ts';
import { baseSpan } from './op.ts';

/** The text after the op. Throws a RangeError if the op reaches beyond the text. */
export function apply(text: string, op: Op): string {
  assertReach(op, text.length);
  let result = '';
  let position = 0;
  for (const part of op) {
    if (typeof part === 'string') {
      result += part;
    } else if (part > 0) {
      result += text.slice(position, position + part);
      position += part;
    } else {
      position -= part;
    }
  }
  return result + text.slice(position);
}

/** Throws a RangeError if the op reaches beyond a text of `length` units. */
export function assertReach(op: Op, length: number): void {
  const span = baseSpan(op);
  if (span > length) throw new RangeError(`Op reaches to unit ${span} of a text of ${length}`);
}

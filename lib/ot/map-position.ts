import type { Op } from './op.ts';

/**
 * Where `position` in the text before `op` is in the text after it. `bias` decides at an insert that is exactly there:
 * stay before the new text, or move after it. A position whose text is deleted ends up where that text was, behind what
 * was inserted in its place: where `transform` puts an insert of the same position, 'before' as the left side and
 * 'after' as the right one.
 */
export function mapPosition(position: number, op: Op, bias: 'before' | 'after'): number {
  const staysBefore = bias === 'before';
  const { length } = op;
  // In the text before the op, and in the one after it.
  let base = 0;
  let shown = 0;
  for (let index = 0; index < length; index++) {
    const part = op[index];
    if (typeof part === 'number') {
      if (part > 0) {
        if (base + part > position) break;
        base += part;
        shown += part;
      } else {
        base -= part;
        if (base > position) return shown;
      }
    } else if (part !== undefined) {
      if (staysBefore && base === position) break;
      shown += part.length;
    }
  }
  return position - base + shown;
}

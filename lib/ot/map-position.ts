import type { Op } from './op.ts';

/**
 * Where `position` in the text before `op` is in the text after it. `bias` decides at an insert that is exactly there:
 * stay before the new text, or move after it. A position whose text is deleted ends up where that text was, behind what
 * was inserted in its place: where `transform` puts an insert of the same position, 'before' as the left side and
 * 'after' as the right one.
 */
export function mapPosition(position: number, op: Op, bias: 'before' | 'after'): number {
  let base = 0;
  let shift = 0;
  for (const part of op) {
    if (typeof part === 'string') {
      if (base === position && bias === 'before') return position + shift;
      shift += part.length;
    } else if (part > 0) {
      base += part;
      if (base > position) return position + shift;
    } else {
      base -= part;
      if (base > position) return base + part + shift;
      shift += part;
    }
  }
  return position + shift;
}

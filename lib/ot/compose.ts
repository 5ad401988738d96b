import type { Op } from './op.ts';
import { identity } from './op.ts';
import { OpBuilder } from './op-builder.ts';

/**
 * One op with the effect of `first` and then `second`, which is made on the text that `first` leaves. Associative.
 * Not interchangeable with its two halves under `transform`: transform along a history one op at a time.
 */
export function compose(first: Op, second: Op): Op {
  if (first.length === 0) return second;
  if (second.length === 0) return first;
  const out = new OpBuilder();
  let i = 0;
  let j = 0;
  // What is left of the current part of each op.
  let a = first[0];
  let b = second[0];
  for (;;) {
    if (typeof a === 'number' && a < 0) {
      out.remove(-a);
      a = first[++i];
    } else if (typeof b === 'string') {
      out.insert(b);
      b = second[++j];
    } else if (b === undefined) {
      if (a !== undefined) out.add(a).addRest(first, i + 1);
      return out.done();
    } else if (a === undefined) {
      out.add(b).addRest(second, j + 1);
      return out.done();
    } else {
      const wanted: number = b < 0 ? -b : b;
      const offered: number = typeof a === 'string' ? a.length : a;
      const count = Math.min(wanted, offered);
      if (typeof a === 'string') {
        if (b > 0) out.insert(count === offered ? a : a.slice(0, count));
        a = count === offered ? first[++i] : a.slice(count);
      } else {
        if (b > 0) out.retain(count);
        else out.remove(count);
        a = count === offered ? first[++i] : a - count;
      }
      b = count === wanted ? second[++j] : b < 0 ? b + count : b - count;
    }
  }
}

/**
 * One op with the effect of all of `ops` in order; identity if there are none. Composes neighbours pairwise, so that a
 * long list costs n log n parts, not n².
 */
export function composeAll(ops: readonly Op[]): Op {
  let layer = ops;
  while (layer.length > 1) {
    const next: Op[] = [];
    for (let index = 0; index < layer.length; index += 2) {
      next.push(compose(layer[index] ?? identity, layer[index + 1] ?? identity));
    }
    layer = next;
  }
  return layer[0] ?? identity;
}

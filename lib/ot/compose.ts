import type { Op } from './op.ts';
import { identity } from './op.ts';
import { endParts } from './end-parts.ts';

/**
 * One op with the effect of `first` and then `second`, which is made on the text that `first` leaves. Associative.
 * Not interchangeable with its two halves under `transform`: transform along a history one op at a time.
 */
export function compose(first: Op, second: Op): Op {
  if (first.length === 0) return second;
  if (second.length === 0) return first;
  // What is left of the current part of each op.
  let b = second[0];
  const { index, shown } = typeof b === 'number' && b > 0 ? lastRetainBefore(first, b) : START;
  // Before it nothing can change: the retain keeps them apart.
  const parts = first.slice(0, index);
  let i = index;
  let a = first[i];
  let j = 0;
  if (typeof b === 'number' && b > 0) b -= shown;
  // The newest edit, in variables until nothing can join it: what it keeps before it, inserts, deletes.
  let kept = 0;
  let text = '';
  let gone = 0;
  while (a !== undefined && b !== undefined) {
    // How many units are kept from here.
    let keeps = 0;
    if (typeof b === 'string') {
      // What `first` deletes there is behind it, in canonical form.
      text = text === '' ? b : text + b;
      b = second[++j];
    } else if (typeof a === 'string') {
      const wanted: number = b < 0 ? -b : b;
      const { length } = a;
      const isAll = length <= wanted;
      if (b > 0) {
        const some = isAll ? a : a.slice(0, wanted);
        text = text === '' ? some : text + some;
      }
      b = length >= wanted ? second[++j] : b < 0 ? b + length : b - length;
      a = isAll ? first[++i] : a.slice(wanted);
    } else if (a < 0) {
      gone -= a;
      a = first[++i];
    } else {
      const wanted: number = b < 0 ? -b : b;
      const count = wanted < a ? wanted : a;
      if (b > 0) keeps = count;
      else gone += count;
      b = count === wanted ? second[++j] : b < 0 ? b + count : b - count;
      a = count === a ? first[++i] : a - count;
    }
    if (keeps === 0) continue;
    if (gone !== 0 || text !== '') {
      if (kept !== 0) parts.push(kept);
      if (text !== '') parts.push(text);
      if (gone !== 0) parts.push(-gone);
      kept = 0;
      text = '';
      gone = 0;
    }
    kept += keeps;
  }
  // The other one has ended: it keeps the rest.
  return a === undefined
    ? endParts(parts, kept, text, gone, b, second, j)
    : endParts(parts, kept, text, gone, a, first, i);
}

const START = { index: 0, shown: 0 };

/**
 * The newest retain of `op` that begins less than `units` into the text after it, and how far into it. The beginning if
 * there is none.
 */
function lastRetainBefore(op: Op, units: number): { index: number; shown: number } {
  let last = 0;
  let shownAtLast = 0;
  let shown = 0;
  for (let index = 0; index < op.length && shown < units; index++) {
    const part = op[index];
    if (typeof part === 'string') {
      shown += part.length;
    } else if (part !== undefined && part > 0) {
      last = index;
      shownAtLast = shown;
      shown += part;
    }
  }
  return last === 0 ? START : { index: last, shown: shownAtLast };
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

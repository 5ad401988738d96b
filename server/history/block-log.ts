import type { Op } from '../../lib/ot/index.ts';
import { blockOut, type UnitRange } from '../storage/redaction.ts';
import type { UnitSet } from './unit-set.ts';

/** The op with units of `wanted` blocked out of what it inserts; the same one if there are none. `first`: the number of its first. */
export function blockOp(op: Op, first: number, wanted: UnitSet): Op {
  let next = first;
  let isSame = true;
  const blocked = op.map((part) => {
    if (typeof part !== 'string') return part;
    const text = blockOut(part, rangesIn(part.length, next, wanted));
    next += part.length;
    isSame &&= text === part;
    return text;
  });
  return isSame ? op : blocked;
}

function rangesIn(length: number, first: number, wanted: UnitSet): UnitRange[] {
  const ranges: UnitRange[] = [];
  for (let at = 0; at < length; at++) {
    if (!wanted.has(first + at)) continue;
    const last = ranges.at(-1);
    if (last?.to === at) last.to = at + 1;
    else ranges.push({ from: at, to: at + 1 });
  }
  return ranges;
}

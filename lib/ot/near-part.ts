import { baseSpan, lengthChange, shifted, type Op } from './op.ts';

/** An op of more parts is looked at only near to the other one. With fewer, cutting costs more than it saves. */
export const MANY_PARTS = 48;

/** A near part with more parts than this is no shortcut. */
const MOST_PARTS = 1_000;

/** Both sides of a diamond, after it was closed. */
interface Closed {
  op: Op;
  change: Op;
}

/** The part of a long op that a short one can touch, and the short one as that part sees it. */
export interface NearPart {
  op: Op;
  other: Op;
  /** The sides of the whole diamond, from those of `op` and `other`. */
  whole(closed: Closed): Closed;
}

/**
 * Cuts out of `op` what is near to `other`, both made on the same text; null if that is all of it, or much. The rest is only copied,
 * which makes a letter of another's far cheaper to take while thousands of places wait to be sent. Exact: both cuts lie
 * within kept text that `other` leaves alone, so nothing beyond them ties or meets, and the pieces join in canonical form.
 */
export function nearPart(op: Op, other: Op): NearPart | null {
  const [first] = other;
  const from = typeof first === 'number' && first > 0 ? first : 0;
  const to = baseSpan(other);
  let index = 0;
  let base = 0;
  let shown = 0;
  // The newest retain that begins before `from`, or the beginning.
  let cut = { index, base, shown };
  // Whether the part before `index` is a retain that reaches beyond `to`.
  let isPast = false;
  for (let part = op[index]; part !== undefined && !isPast; part = op[++index]) {
    if (typeof part === 'string') {
      shown += part.length;
    } else if (part < 0) {
      base -= part;
    } else {
      if (base < from) cut = { index, base, shown };
      base += part;
      shown += part;
      isPast = base > to;
    }
  }
  const end = index;
  if ((cut.index === 0 && end === op.length) || end - cut.index + other.length > MOST_PARTS) return null;

  const span = base - cut.base;
  return {
    // Canonical, so without the retain at its end.
    op: op.slice(cut.index, end === op.length ? end : end - 1),
    other: shifted(other, -cut.base),
    whole(closed) {
      // What the near part keeps at its end, which an op on its own leaves out.
      const kept = end === op.length ? [] : [span + lengthChange(other) - baseSpan(closed.op)];
      const whole = op.slice();
      whole.splice(cut.index, end - cut.index, ...closed.op, ...kept);
      return { op: whole, change: shifted(closed.change, cut.shown) };
    },
  };
}

import { identity, type Op } from './op.ts';

/** Ops of fewer parts are walked from their beginning. */
const MANY_PARTS = 48;
/** Parts from one landmark to the next. */
const STRIDE = 16;

/**
 * Places along the op that was asked about last: how far into the text before it, and after it, each `STRIDE`th part begins. Whoever
 * moves one position over a large op moves many, and an op never changes.
 */
let landmarks: { op: Op; bases: Float64Array; showns: Float64Array } = {
  op: identity,
  bases: new Float64Array(0),
  showns: new Float64Array(0),
};

/**
 * Where `position` in the text before `op` is in the text after it. `bias` decides at an insert that is exactly there:
 * stay before the new text, or move after it. A position whose text is deleted ends up where that text was, behind what
 * was inserted in its place: where `transform` puts an insert of the same position, 'before' as the left side and
 * 'after' as the right one.
 */
export function mapPosition(position: number, op: Op, bias: 'before' | 'after'): number {
  const staysBefore = bias === 'before';
  const { length } = op;
  const start = length < MANY_PARTS ? 0 : landmarkBefore(op, position);
  // In the text before the op, and in the one after it.
  let base = start === 0 ? 0 : (landmarks.bases[start] ?? 0);
  let shown = start === 0 ? 0 : (landmarks.showns[start] ?? 0);
  for (let index = start * STRIDE; index < length; index++) {
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

/** The newest landmark that lies before `position`: no part before it decides where it goes. */
function landmarkBefore(op: Op, position: number): number {
  if (landmarks.op !== op) landmarks = landmarksOf(op);
  const { bases } = landmarks;
  let low = 0;
  let high = bases.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((bases[middle] ?? 0) < position) low = middle;
    else high = middle;
  }
  return low;
}

function landmarksOf(op: Op): typeof landmarks {
  const count = Math.ceil(op.length / STRIDE);
  const bases = new Float64Array(count);
  const showns = new Float64Array(count);
  let base = 0;
  let shown = 0;
  for (const [index, part] of op.entries()) {
    if (index % STRIDE === 0) {
      bases[index / STRIDE] = base;
      showns[index / STRIDE] = shown;
    }
    if (typeof part === 'string') shown += part.length;
    else if (part < 0) base -= part;
    else {
      base += part;
      shown += part;
    }
  }
  return { op, bases, showns };
}

/** The units `from` … `to` of a text, replaced by the units `otherFrom` … `otherTo` of another. */
export interface Hunk {
  from: number;
  to: number;
  otherFrom: number;
  otherTo: number;
}

/** How many more comparisons may be made; counted down. */
export interface Budget {
  steps: number;
}

/**
 * The shortest list of hunks, ascending, that turns the stretch of `before` into that of `after` that `whole` names.
 * Null if it takes more than `most` units inserted and deleted, or more steps than the budget has.
 *
 * E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1 (1986): the greedy algorithm of
 * section 3, with every round kept, so that the way back can be read off.
 */
export function shortestEdits(before: string, after: string, whole: Hunk, most: number, budget: Budget): Hunk[] | null {
  const length = whole.to - whole.from;
  const otherLength = whole.otherTo - whole.otherFrom;
  if (length === 0 && otherLength === 0) return [];
  if (length === 0 || otherLength === 0) return [whole];
  if (Math.abs(length - otherLength) > most) return null;

  // rounds[d][k + d]: how far in `before` the best path with d edits gets on diagonal k (x - y = k).
  const rounds: Int32Array[] = [];
  let last: Int32Array = new Int32Array(1);
  for (let edits = 0; edits <= most; edits++) {
    const round = new Int32Array(2 * edits + 1);
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = edits === 0 ? 0 : startOf(last, edits, diagonal);
      let y = x - diagonal;
      // Off the edge: no path, but the neighbours look here.
      if (x > length || y > otherLength) {
        round[diagonal + edits] = x;
        continue;
      }
      const start = x;
      while (
        x < length &&
        y < otherLength &&
        before.charCodeAt(whole.from + x) === after.charCodeAt(whole.otherFrom + y)
      ) {
        x++;
        y++;
      }
      budget.steps -= x - start + 1;
      if (budget.steps < 0) return null;
      round[diagonal + edits] = x;
      if (x === length && y === otherLength) {
        rounds.push(round);
        return wayBack(rounds, whole, length, otherLength);
      }
    }
    rounds.push(round);
    last = round;
  }
  return null;
}

/** Where the path with `edits` edits on `diagonal` begins: one edit on from the better of its neighbours in `last`. */
function startOf(last: Int32Array, edits: number, diagonal: number): number {
  // Index in `last` (which has edits - 1) of diagonal k is k + edits - 1.
  const above = last[diagonal + edits] ?? -1;
  const left = diagonal === -edits ? -1 : (last[diagonal + edits - 2] ?? -1);
  return diagonal === -edits || (diagonal !== edits && left < above) ? above : left + 1;
}

/** Reads the hunks off the rounds, from the end to the start. */
function wayBack(rounds: readonly Int32Array[], whole: Hunk, length: number, otherLength: number): Hunk[] {
  const hunks: Hunk[] = [];
  let x = length;
  let y = otherLength;
  for (let edits = rounds.length - 1; edits > 0; edits--) {
    const last = rounds[edits - 1] ?? new Int32Array(0);
    const diagonal = x - y;
    const start = startOf(last, edits, diagonal);
    const above = last[diagonal + edits] ?? -1;
    const down = diagonal === -edits || (diagonal !== edits && (last[diagonal + edits - 2] ?? -1) < above);
    const fromX = down ? start : start - 1;
    const fromY = down ? start - diagonal - 1 : start - diagonal;
    addEdit(hunks, whole.from + fromX, whole.from + start, whole.otherFrom + fromY, whole.otherFrom + start - diagonal);
    x = fromX;
    y = fromY;
  }
  return hunks.reverse();
}

/** Adds an edit that ends at or before the newest hunk's start, as part of that hunk if they touch. */
function addEdit(hunks: Hunk[], from: number, to: number, otherFrom: number, otherTo: number): void {
  const next = hunks[hunks.length - 1];
  if (next !== undefined && next.from === to && next.otherFrom === otherTo) {
    next.from = from;
    next.otherFrom = otherFrom;
  } else {
    hunks.push({ from, to, otherFrom, otherTo });
  }
}

import { maxParts } from './check.ts';
import { isHigh, isLow } from './clean-text.ts';
import type { Cutter } from './match-pieces.ts';
import { cutContent, cutLine, matchPieces } from './match-pieces.ts';
import type { Budget, Hunk } from './myers.ts';
import { shortestEdits } from './myers.ts';
import type { Op } from './op.ts';
import { OpBuilder } from './op-builder.ts';

/** What lies between pieces that match is compared unit by unit; where that is too much, between smaller pieces. */
const CUTTERS: readonly Cutter[] = [cutLine, cutContent];

/**
 * Most units inserted and deleted that one search looks for. It costs at most half of their square in steps, and as
 * many 32-bit numbers.
 */
const MOST_EDITS = 1024;

/**
 * Steps, of about 2 ns, that all searches of one level may take together beyond one for each unit. Near-equal texts
 * need far less; different ones end, when they are used up, in replacing what is not known to be equal.
 */
const STEPS = 6_000_000;

/**
 * An op that leads from `before` to `after`, both clean. It keeps what both have at their ends, and looks for the
 * shortest edit of the rest (Myers). Where that would take too long it holds on to lines that both have exactly once
 * (patience), and between them to shorter pieces; as a last resort it replaces. Never splits a surrogate pair.
 *
 * Time is linear in the lengths, plus a fixed most. The op has at most `maxParts` parts: of more edits, the nearest become one.
 */
export function diff(before: string, after: string): Op {
  const hunks: Hunk[] = [];
  const steps = STEPS + before.length + after.length;
  const budgets: Budget[] = Array.from({ length: CUTTERS.length + 1 }, () => ({ steps }));

  function refine(rough: Hunk, level: number): void {
    const hunk = trimmed(before, after, rough);
    const found = shortestEdits(before, after, hunk, MOST_EDITS, budgets[level] ?? { steps: 0 });
    const cutter = CUTTERS[level];
    if (found !== null) for (const edit of found) hunks.push(edit);
    else if (cutter === undefined) hunks.push(hunk);
    else for (const gap of matchPieces(before, after, hunk, cutter)) refine(gap, level + 1);
  }

  refine({ from: 0, to: before.length, otherFrom: 0, otherTo: after.length }, 0);
  return opOf(before, after, joined(hunks, Math.floor(maxParts / 3)));
}

/** The hunk without what both sides have in common at its ends, as far as that is whole surrogate pairs. */
function trimmed(before: string, after: string, hunk: Hunk): Hunk {
  let { from, to, otherFrom, otherTo } = hunk;
  while (from < to && otherFrom < otherTo && before.charCodeAt(from) === after.charCodeAt(otherFrom)) {
    from++;
    otherFrom++;
  }
  if (from > hunk.from && isHigh(before.charCodeAt(from - 1))) {
    from--;
    otherFrom--;
  }
  while (from < to && otherFrom < otherTo && before.charCodeAt(to - 1) === after.charCodeAt(otherTo - 1)) {
    to--;
    otherTo--;
  }
  if (to < hunk.to && isLow(before.charCodeAt(to))) {
    to++;
    otherTo++;
  }
  return { from, to, otherFrom, otherTo };
}

/** At most `most` hunks: those that have the least between them are joined. */
function joined(hunks: readonly Hunk[], most: number): readonly Hunk[] {
  if (hunks.length <= most) return hunks;
  const distances = Int32Array.from(hunks, (hunk, index) => hunk.from - (hunks[index - 1]?.to ?? 0))
    .subarray(1)
    .sort();
  const excess = hunks.length - most;
  const limit = distances[excess - 1] ?? 0;
  // All nearer than the limit join, and of those exactly at it as many as it takes.
  let ties = excess - distances.indexOf(limit);
  const result: Hunk[] = [];
  let newest: Hunk | undefined;
  for (const hunk of hunks) {
    const distance = newest === undefined ? Infinity : hunk.from - newest.to;
    if (newest !== undefined && (distance < limit || (distance === limit && ties-- > 0))) {
      newest.to = hunk.to;
      newest.otherTo = hunk.otherTo;
    } else {
      newest = { ...hunk };
      result.push(newest);
    }
  }
  return result;
}

/** The op of hunks in ascending order, each widened to whole surrogate pairs. */
function opOf(before: string, after: string, hunks: readonly Hunk[]): Op {
  const out = new OpBuilder();
  let position = 0;
  for (const hunk of hunks) {
    let { from, to, otherFrom, otherTo } = hunk;
    if (from === to && otherFrom === otherTo) continue;
    // The unit before a hunk is the same on both sides, and so is the one behind it: if it is half of a pair, take it in.
    if (from > position && isHigh(before.charCodeAt(from - 1))) {
      from--;
      otherFrom--;
    }
    if (isLow(before.charCodeAt(to)) && isLow(after.charCodeAt(otherTo))) {
      to++;
      otherTo++;
    }
    // If widening used up all that lay between two hunks, the builder makes one of them.
    out
      .retain(from - position)
      .insert(after.slice(otherFrom, otherTo))
      .remove(to - from);
    position = to;
  }
  return out.done();
}

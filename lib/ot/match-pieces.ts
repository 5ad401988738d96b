import type { Hunk } from './myers.ts';

/** A piece that both stretches have exactly once. */
interface Anchor {
  from: number;
  to: number;
  otherFrom: number;
}

/** How a text falls into pieces: where the one that begins at `start` ends. The end depends on what is near it alone. */
export type Cutter = (text: string, start: number, end: number) => number;

/** Lines, each with its line end. */
export function cutLine(text: string, start: number, end: number): number {
  const newline = text.indexOf('\n', start);
  return newline === -1 || newline >= end ? end : newline + 1;
}

/**
 * Pieces of about 32 units that end behind certain pairs of units, for text whose lines do not help. Which pairs is
 * left to a hash (Knuth's multiplicative one), so that no kind of text is without them.
 */
export function cutContent(text: string, start: number, end: number): number {
  let previous = 0;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (Math.imul((previous << 16) | unit, 0x9e3779b1) >>> 27 === 0) return at + 1;
    previous = unit;
  }
  return end;
}

/**
 * What lies between the pieces that both stretches have exactly once and in the same order: ascending, possibly empty
 * hunks. The most such pieces are chosen.
 *
 * Bram Cohen's patience diff (2005), one level deep, on the longest increasing subsequence by patience sorting.
 */
export function matchPieces(before: string, after: string, whole: Hunk, cutter: Cutter): Hunk[] {
  const gaps: Hunk[] = [];
  let from = whole.from;
  let otherFrom = whole.otherFrom;
  for (const anchor of longestAscending(anchors(before, after, whole, cutter))) {
    gaps.push({ from, to: anchor.from, otherFrom, otherTo: anchor.otherFrom });
    from = anchor.to;
    otherFrom = anchor.otherFrom + anchor.to - anchor.from;
  }
  gaps.push({ from, to: whole.to, otherFrom, otherTo: whole.otherTo });
  return gaps;
}

/** Pieces that are there exactly once in each, in the order of `before`. */
function anchors(before: string, after: string, whole: Hunk, cutter: Cutter): Anchor[] {
  const pieces = uniquePieces(before, whole.from, whole.to, cutter);
  const otherPieces = uniquePieces(after, whole.otherFrom, whole.otherTo, cutter);
  const found: Anchor[] = [];
  for (const [piece, from] of pieces) {
    const otherFrom = otherPieces.get(piece) ?? -1;
    if (from !== -1 && otherFrom !== -1) found.push({ from, to: from + piece.length, otherFrom });
  }
  return found;
}

/** Where each piece begins; -1 if there are several of it. In the order of their first appearance. */
function uniquePieces(text: string, from: number, to: number, cutter: Cutter): Map<string, number> {
  const pieces = new Map<string, number>();
  for (let start = from; start < to;) {
    const end = cutter(text, start, to);
    const piece = text.slice(start, end);
    pieces.set(piece, pieces.has(piece) ? -1 : start);
    start = end;
  }
  return pieces;
}

/** A longest part of `anchors` in which `otherFrom` ascends too. */
function longestAscending(anchors: readonly Anchor[]): Anchor[] {
  // ends[n]: the anchor with the smallest otherFrom at which an ascending chain of n + 1 ends.
  const ends: number[] = [];
  const previous: number[] = [];
  for (const [index, anchor] of anchors.entries()) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((anchors[ends[middle] ?? 0]?.otherFrom ?? 0) < anchor.otherFrom) low = middle + 1;
      else high = middle;
    }
    previous.push(low > 0 ? (ends[low - 1] ?? -1) : -1);
    ends[low] = index;
  }
  const chain: Anchor[] = [];
  for (let index = ends[ends.length - 1] ?? -1; index !== -1; index = previous[index] ?? -1) {
    const anchor = anchors[index];
    if (anchor !== undefined) chain.push(anchor);
  }
  return chain.reverse();
}

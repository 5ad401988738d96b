import { fold, type Folded } from './fold.ts';

/** How well a query fits some words; the smaller, the better. */
export type Fit = (typeof FITS)[keyof typeof FITS];

export const FITS = {
  /** The words begin with it. */
  start: 0,
  /** Words in them begin with it. */
  word: 1,
  /** It stands somewhere inside. */
  inside: 2,
  /** Its letters come in this order, close to each other. */
  letters: 3,
} as const;

export interface Match {
  fit: Fit;
  /** What was matched, for bold type: from and to in UTF-16 units of the words, ascending, apart from each other. */
  ranges: readonly Range[];
}

export type Range = readonly [from: number, to: number];

/** Letters in order count only within so many units for each letter typed, or nearly everything would match. */
const SPREAD = 4;

/**
 * How the query fits the words, null if it does not. Every word of the query has to be found, in any order; the one that
 * fits worst decides. An empty query fits everything.
 */
export function match(query: string, words: string): Match | null {
  const folded = fold(words);
  let fit: Fit = FITS.start;
  const found = new Set<number>();
  for (const part of fold(query).text.split(/\s+/u)) {
    if (part === '') continue;
    const one = place(part, folded.text);
    if (one === null) return null;
    if (one.fit > fit) fit = one.fit;
    for (const index of one.indices) found.add(index);
  }
  return { fit, ranges: rangesOf(found, folded, words) };
}

function place(part: string, text: string): { fit: Fit; indices: readonly number[] } | null {
  if (text.startsWith(part)) return { fit: FITS.start, indices: run(0, part.length) };
  let inside: number | null = null;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(text.charAt(at - 1))) return { fit: FITS.word, indices: run(at, part.length) };
    inside ??= at;
  }
  if (inside !== null) return { fit: FITS.inside, indices: run(inside, part.length) };
  const indices = closest(part, text);
  return indices === null ? null : { fit: FITS.letters, indices };
}

/** The letters of `part` in their order where they stand closest together; null if that is nowhere close enough. */
function closest(part: string, text: string): readonly number[] | null {
  let best: number[] | null = null;
  let span = part.length * SPREAD;
  for (let start = text.indexOf(part.charAt(0)); start >= 0; start = text.indexOf(part.charAt(0), start + 1)) {
    const indices = [start];
    for (let next = 1; next < part.length; next += 1) {
      const at = text.indexOf(part.charAt(next), (indices.at(-1) ?? start) + 1);
      if (at < 0) return best;
      indices.push(at);
    }
    const width = (indices.at(-1) ?? start) - start;
    if (width >= span) continue;
    span = width;
    best = indices;
  }
  return part.length < 2 ? null : best;
}

function run(from: number, length: number): number[] {
  return Array.from({ length }, (_, index) => from + index);
}

/** The same in units of the words, with neighbours joined; a letter's marks belong to it. */
function rangesOf(found: ReadonlySet<number>, { at }: Folded, words: string): Range[] {
  const ranges: [number, number][] = [];
  for (const index of [...found].sort((a, b) => a - b)) {
    const from = at[index] ?? words.length;
    const to = at.slice(index).find((position) => position > from) ?? words.length;
    const last = ranges.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else ranges.push([from, to]);
  }
  return ranges;
}

import type { Marks } from './marks.ts';

/** Some revisions in a row. */
export interface Bucket {
  /** First and last revision. */
  first: number;
  last: number;
  /** When the first and the last one were taken, ms since 1970. */
  from: number;
  to: number;
  /** How many each author made, the busiest first. */
  edits: [author: number, count: number][];
}

/** Revisions 1 … `rev` in at most `count` buckets, equal but for one revision; none without revisions. */
export function timeline(marks: Marks, rev: number, count: number): Bucket[] {
  const many = Math.min(count, rev);
  const end = (index: number): number => Math.floor((index * rev) / many);
  return Array.from({ length: many }, (_, index) => bucket(marks, end(index) + 1, end(index + 1)));
}

function bucket(marks: Marks, first: number, last: number): Bucket {
  const counts = new Map<number, number>();
  for (let rev = first; rev <= last; rev++) {
    const author = marks.author(rev);
    counts.set(author, (counts.get(author) ?? 0) + 1);
  }
  const edits = [...counts].toSorted(([one, few], [other, many]) => many - few || one - other);
  return { first, last, from: marks.at(first), to: marks.at(last), edits };
}

import type { Marks } from './marks.ts';
import { eachRun } from './segments.ts';

/** So many units in a row of one author, and when the newest of them came, ms since 1970. */
export type AuthorRun = [length: number, author: number, at: number];

/** Letters of one author that came within this time are one run, in ms: about a sentence. */
const TOGETHER_MS = 60_000;

/** Who wrote each unit, from the revisions that brought them. Of more runs than `most` the times between are given up. */
export function authorship(revs: Uint32Array, marks: Marks, most: number): AuthorRun[] {
  const runs = runsWithin(revs, marks, TOGETHER_MS);
  return runs.length <= most ? runs : runsWithin(revs, marks, Infinity);
}

function runsWithin(revs: Uint32Array, marks: Marks, ms: number): AuthorRun[] {
  const runs: AuthorRun[] = [];
  eachRun(revs, (rev, from, to) => {
    const author = marks.author(rev);
    const at = marks.at(rev);
    const last = runs.at(-1);
    if (last?.[1] === author && Math.abs(last[2] - at) <= ms) {
      last[0] += to - from;
      last[2] = Math.max(last[2], at);
    } else {
      runs.push([to - from, author, at]);
    }
  });
  return runs;
}

import { RangeSetBuilder, RangeValue, type ChangeSet, type Range, type RangeSet } from '@codemirror/state';

/** Letters of one author that come within this time are one run, in ms: as the server joins them. */
const TOGETHER_MS = 60_000;

/** Who wrote a run of the text, and when its newest letter came (Unix ms). Text at its edges is not part of it. */
export class Authored extends RangeValue {
  readonly author: number;
  readonly at: number;
  override startSide = 1;
  override endSide = -1;

  constructor(author: number, at: number) {
    super();
    this.author = author;
    this.at = at;
  }

  override eq(other: RangeValue): boolean {
    return other instanceof Authored && other.author === this.author && other.at === this.at;
  }
}

/** Runs of the text in order, without overlaps; text in no run is nobody's. */
export type AuthorRuns = RangeSet<Authored>;

/** So many UTF-16 units in a row of one author, and when. */
export type RunLength = readonly [length: number, author: number, at: number];

export function runsOf(lengths: readonly RunLength[]): AuthorRuns {
  const builder = new RangeSetBuilder<Authored>();
  let from = 0;
  for (const [length, author, at] of lengths) {
    if (length > 0) builder.add(from, from + length, new Authored(author, at));
    from += length;
  }
  return builder.finish();
}

/** The runs after `changes`, whose inserts are of `author`. Takes time for what changed, not for the length of the text. */
export function runsAfter(runs: AuthorRuns, changes: ChangeSet, author: number, at: number): AuthorRuns {
  let next = runs.map(changes);
  changes.iterChanges((_fromA, _toA, from, to) => {
    if (to > from) next = written(next, from, to, new Authored(author, at));
  });
  return next;
}

function written(runs: AuthorRuns, from: number, to: number, value: Authored): AuthorRuns {
  let start = from;
  let end = to;
  const add: Range<Authored>[] = [];
  runs.between(from, to, (runFrom, runTo, run) => {
    if (run.author === value.author && Math.abs(value.at - run.at) <= TOGETHER_MS) {
      start = Math.min(start, runFrom);
      end = Math.max(end, runTo);
      return;
    }
    if (runFrom < from) add.push(run.range(runFrom, from));
    if (runTo > to) add.push(run.range(to, runTo));
  });
  add.push(value.range(start, end));
  return runs.update({ add, sort: true, filterFrom: from, filterTo: to, filter: () => false });
}

/** Who wrote a line. */
export interface LineAuthors {
  /** Of the most units; of several, who wrote last. */
  main: number;
  /** When the main author's newest letter in it came, Unix ms. */
  at: number;
  others: readonly number[];
}

/** Who wrote what stands from `from` to `to`; null if nobody is known. */
export function authorsBetween(runs: AuthorRuns, from: number, to: number): LineAuthors | null {
  const found = new Map<number, { units: number; at: number }>();
  runs.between(from, to, (runFrom, runTo, { author, at }) => {
    const units = Math.min(runTo, to) - Math.max(runFrom, from);
    if (units <= 0 || author === 0) return;
    const known = found.get(author);
    found.set(author, { units: units + (known?.units ?? 0), at: Math.max(at, known?.at ?? 0) });
  });
  const [first, ...others] = [...found].sort(([, a], [, b]) => b.units - a.units || b.at - a.at);
  if (first === undefined) return null;
  return { main: first[0], at: first[1].at, others: others.map(([author]) => author) };
}

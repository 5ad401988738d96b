import type { Marked } from './change-marks.ts';
import type { Author, Changes, Moment, Timeline, Version } from './history-types.ts';
import type { TimeAxis } from './time-axis.ts';

/** Where the head of the timeline stands. */
export type Shown =
  | { kind: 'now' }
  | { kind: 'moment'; rev: number }
  | { kind: 'playing'; rev: number }
  | { kind: 'comparing'; from: number; to: number };

/** What stands in place of the text. */
export type Content = { kind: 'moment'; moment: Moment } | { kind: 'changes'; changes: Changes; marked: Marked };

export type Known =
  | { kind: 'loading' }
  | { kind: 'failed'; words: string }
  | { kind: 'known'; timeline: Timeline; axis: TimeAxis; versions: readonly Version[] };

/** Who made a revision, and when. */
export interface Stop {
  rev: number;
  at: number;
  author: Author;
}

export interface HistoryState {
  known: Known;
  shown: Shown;
  /** The newest that has come; while the head moves it may belong to where it was before. Null: the text now. */
  content: Content | null;
  /** Of the moment that is shown; null while it is on its way, and where there is no single one. */
  stop: Stop | null;
  /** Is what is shown still on its way? */
  waiting: boolean;
  /** Why it did not come. */
  fault: string | null;
  speed: number;
}

export const SPEEDS = [1, 4, 16, 64] as const;

export const AT_BEGINNING: HistoryState = {
  known: { kind: 'loading' },
  shown: { kind: 'now' },
  content: null,
  stop: null,
  waiting: false,
  fault: null,
  speed: 1,
};

/** The revision that buttons such as "Restore this" mean; null where two moments are compared or the text is that of now. */
export function pastRev(shown: Shown): number | null {
  switch (shown.kind) {
    case 'now':
    case 'comparing':
      return null;
    case 'moment':
    case 'playing':
      return shown.rev;
  }
}

import type { Op } from '../../lib/client/index.ts';

/** An author number of the room, as they were called last. */
export interface Author {
  author: number;
  name: string;
  color: number;
}

/** Revisions in a row. Times are ms since 1970, of the first and the last one. */
export interface Bucket {
  first: number;
  last: number;
  from: number;
  to: number;
  edits: readonly (readonly [author: number, count: number])[];
}

/** The whole history from afar. `rev`: the newest revision. */
export interface Timeline {
  rev: number;
  buckets: readonly Bucket[];
  authors: readonly Author[];
}

/** The text right after one revision, and whose that was. */
export interface Moment {
  rev: number;
  at: number;
  author: Author;
  text: string;
}

export interface Entry {
  rev: number;
  author: number;
  at: number;
  op: Op;
}

/** Entries in their order; `next`: where the next page begins, null if there is none. */
export interface EntryPage {
  entries: readonly Entry[];
  authors: readonly Author[];
  next: number | null;
}

/** A piece of a comparison; `author` (who added or removed it) and `at` are 0 for `same`. */
export interface Segment {
  kind: 'same' | 'added' | 'removed';
  text: string;
  author: number;
  at: number;
}

export interface Changes {
  from: number;
  to: number;
  segments: readonly Segment[];
  authors: readonly Author[];
}

/** A revision with a name. */
export interface Version {
  rev: number;
  name: string;
  author: number;
  at: number;
}

/** What taking back some people's work would do: `op` is at `rev`. */
export interface UndoPlan {
  rev: number;
  op: Op;
  /** How many of their revisions it takes back. */
  changes: number;
  inserted: number;
  deleted: number;
  segments: readonly Segment[];
  authors: readonly Author[];
}

import { valueStore } from '../ui/value-store.ts';

/** Where one of the others is, and what they do there, as this page sees it. */
export interface Whereabouts {
  /** Line of the newest caret, from 1; null without a caret in the text. */
  line: number | null;
  /** UTF-16 units in the newest selection. */
  selected: number;
  /** Edited within the last minute. */
  editing: boolean;
  /** Unix milliseconds of the last thing that an idle person did; null for anybody else. */
  idleSince: number | null;
}

/** By author number. Empty while nobody looks after it: see `watchWhereabouts`. */
export const whereabouts = valueStore<ReadonlyMap<number, Whereabouts>>(new Map());

export interface Followed {
  authors: readonly number[];
  name: string;
  color: number;
}

/** Whose caret this page keeps in sight; null for nobody. */
export const followed = valueStore<Followed | null>(null);

/** Whoever is followed is one of these. */
export function isFollowed(authors: readonly number[], who: Followed | null): boolean {
  return who !== null && who.authors.some((author) => authors.includes(author));
}

/** When an idle person last did something: idle is who is idle with every author number. Null for anybody else. */
export function idleSince(authors: readonly number[], all: ReadonlyMap<number, Whereabouts>): number | null {
  const times = authors.map((author) => all.get(author)?.idleSince ?? null).filter((at) => at !== null);
  return times.length === authors.length && times.length > 0 ? Math.max(...times) : null;
}

/** The place of somebody with several author numbers: where they edit, else where they have a caret. */
export function placeOf(authors: readonly number[], all: ReadonlyMap<number, Whereabouts>): Whereabouts | null {
  const places = authors.map((author) => all.get(author)).filter((one) => one !== undefined && one.line !== null);
  return places.findLast((one) => one?.editing === true) ?? places.at(-1) ?? null;
}

import { dayWords, timeWords } from '../words/dates.ts';
import { authorshipStrings } from './authorship-strings.ts';
import type { LineAuthors } from './author-runs.ts';
import type { AuthorNames } from './read-authorship.ts';

/** So many names beside the main author's. */
const MOST_OTHERS = 4;

export interface AuthorWords {
  name: string;
  color: number;
  when: string;
  /** Who else wrote in the line; empty for nobody. */
  also: string;
}

/** What the card says about a line. `now` in Unix milliseconds, in this browser's time zone. */
export function authorWords({ main, at, others }: LineAuthors, names: AuthorNames, now: number): AuthorWords {
  const nameOf = (author: number) => names.get(author)?.name ?? authorshipStrings.somebody;
  const rest = others.slice(0, MOST_OTHERS).map(nameOf);
  return {
    name: nameOf(main),
    color: names.get(main)?.color ?? 1,
    when: whenWords(at, now),
    also: rest.length === 0 ? '' : authorshipStrings.also(rest.join(', ')),
  };
}

/** "today, 14:05", "yesterday, 09:31", "21 November, 16:48", with the year if it is another one. */
export function whenWords(at: number, now: number): string {
  const time = timeWords(at);
  const days = Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000);
  if (days === 0) return authorshipStrings.today(time);
  if (days === 1) return authorshipStrings.yesterday(time);
  return authorshipStrings.date(dayWords(at, now), time);
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

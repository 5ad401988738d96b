import { dayWords, timeWords } from '../words/dates.ts';
import { historyStrings } from './history-strings.ts';
import type { Author } from './history-types.ts';

export { timeWords };

/** "21 Nov", with the year if it is not this one. Unix milliseconds, local time. */
export function dateWords(at: number, now = Date.now(), month: 'short' | 'long' = 'short'): string {
  return dayWords(at, now, month);
}

/** "21 Nov, 16:48". */
export function whenWords(at: number, now = Date.now()): string {
  return historyStrings.when(dateWords(at, now), timeWords(at));
}

/** As a slider says it: "Revision 8,912, Jonas, 21 November 16:48". */
export function stopWords(rev: number, author: Author, at: number, now = Date.now()): string {
  return historyStrings.stop(rev, nameOf(author), `${dateWords(at, now, 'long')} ${timeWords(at)}`);
}

/** A person without a name is a guest. */
export function nameOf({ name }: Pick<Author, 'name'>): string {
  return name === '' ? historyStrings.guest : name;
}

import { historyStrings } from './history-strings.ts';
import type { Author } from './history-types.ts';

/** "21 Nov", with the year if it is not this one. Unix milliseconds, local time. */
export function dateWords(at: number, now = Date.now(), month: 'short' | 'long' = 'short'): string {
  const thisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const options: Intl.DateTimeFormatOptions = { day: 'numeric', month, ...(thisYear ? {} : { year: 'numeric' }) };
  return new Intl.DateTimeFormat('en-GB', options).format(at);
}

/** "16:48". */
export function timeWords(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(at);
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

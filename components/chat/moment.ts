import { dateWords, dayWords, timeWords } from '../words/dates.ts';
import { chatStrings } from './chat-strings.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** So many days back the name of the weekday is enough. */
const WEEK = 6;

/** "09:41". Unix milliseconds. */
export function timeOf(at: number): string {
  return timeWords(at);
}

/** The day as people say it: "Today", "Yesterday", "Thursday", "3 December", "3 December 2024". */
export function dayOf(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days <= 0) return chatStrings.today;
  if (days === 1) return chatStrings.yesterday;
  if (days <= WEEK) return dateWords(at, { weekday: 'long' });
  return dayWords(at, now);
}

/** When something was said, short: the time of today, otherwise the day. */
export function momentOf(at: number, now: number): string {
  return daysBetween(at, now) <= 0 ? timeOf(at) : dayOf(at, now);
}

/** Whole days, by the clock of this place, that `at` lies before `now`. */
export function daysBetween(at: number, now: number): number {
  // A day of 23 or 25 hours is a day too.
  return Math.round((startOfDay(now) - startOfDay(at)) / DAY_MS);
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

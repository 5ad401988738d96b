import { dayWords } from '../words/dates.ts';
import { roomsStrings } from './rooms-strings.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long ago, as people say it: "just now", "12 minutes ago", "yesterday", "3 December". Unix milliseconds. */
export function whenWords(at: number, now: number): string {
  const t = roomsStrings.when;
  const ago = now - at;
  if (ago < MINUTE_MS) return t.now;
  if (ago < HOUR_MS) return t.minutes(Math.floor(ago / MINUTE_MS));
  const days = Math.round((startOfDay(now) - startOfDay(at)) / DAY_MS);
  if (days === 0) return t.hours(Math.floor(ago / HOUR_MS));
  if (days === 1) return t.yesterday;
  return dayWords(at, now);
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

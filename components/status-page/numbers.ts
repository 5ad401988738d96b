import { currentLanguage } from '../words/current-language.ts';
import { statusPageStrings } from './status-page-strings.ts';

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Digits with separators; one decimal below ten, unless it would be 0. */
export function numeral(value: number): string {
  const decimals = value < 10 && !Number.isInteger(value) ? 1 : 0;
  return value.toLocaleString(currentLanguage(), { maximumFractionDigits: decimals });
}

/** Such as `212 MB`: thousands of bytes, as files are measured. */
export function weight(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1_000;
    unit++;
  }
  return `${numeral(value)} ${UNITS[unit] ?? ''}`;
}

/** Such as `9 d`, `4 h`, `3 min`, `12 s`: the largest unit alone. */
export function duration(ms: number): string {
  const t = statusPageStrings.durations;
  if (ms >= DAY) return t.d(Math.floor(ms / DAY));
  if (ms >= HOUR) return t.h(Math.floor(ms / HOUR));
  if (ms >= MINUTE) return t.min(Math.floor(ms / MINUTE));
  return t.s(Math.max(0, Math.floor(ms / 1_000)));
}

/** Such as `9 days, 4 hours`. */
export function durationInWords(ms: number): string {
  const days = Math.floor(ms / DAY);
  const hours = Math.floor((ms % DAY) / HOUR);
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  const t = statusPageStrings.durations;
  if (days > 0) return t.both(t.days(days), t.hours(hours));
  if (hours > 0) return t.both(t.hours(hours), t.minutes(minutes));
  if (minutes > 0) return t.minutes(minutes);
  return t.seconds(Math.max(0, Math.floor(ms / 1_000)));
}

/** The next of 1, 2, 3, 5, 10, 20, 30, 50 … that nothing passes: the value of a chart's top line. */
export function topOf(values: readonly (number | null)[]): number {
  const most = Math.max(1, ...values.map((value) => value ?? 0));
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 2, 3, 5, 10].find((one) => one * power >= most) ?? 10;
  return step * power;
}

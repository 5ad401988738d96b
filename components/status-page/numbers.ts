const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Digits with separators; one decimal below ten, unless it would be 0. */
export function numeral(value: number): string {
  const decimals = value < 10 && !Number.isInteger(value) ? 1 : 0;
  return value.toLocaleString('en', { maximumFractionDigits: decimals });
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
  if (ms >= DAY) return `${Math.floor(ms / DAY)} d`;
  if (ms >= HOUR) return `${Math.floor(ms / HOUR)} h`;
  if (ms >= MINUTE) return `${Math.floor(ms / MINUTE)} min`;
  return `${Math.max(0, Math.floor(ms / 1_000))} s`;
}

/** Such as `9 days, 4 hours`. */
export function durationInWords(ms: number): string {
  const days = Math.floor(ms / DAY);
  const hours = Math.floor((ms % DAY) / HOUR);
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  if (days > 0) return `${count(days, 'day')}, ${count(hours, 'hour')}`;
  if (hours > 0) return `${count(hours, 'hour')}, ${count(minutes, 'minute')}`;
  if (minutes > 0) return count(minutes, 'minute');
  return count(Math.max(0, Math.floor(ms / 1_000)), 'second');
}

/** The next of 1, 2, 3, 5, 10, 20, 30, 50 … that nothing passes: the value of a chart's top line. */
export function topOf(values: readonly (number | null)[]): number {
  const most = Math.max(1, ...values.map((value) => value ?? 0));
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 2, 3, 5, 10].find((one) => one * power >= most) ?? 10;
  return step * power;
}

function count(n: number, unit: string): string {
  return `${n} ${unit}${n === 1 ? '' : 's'}`;
}

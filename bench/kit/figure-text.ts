import { median } from './numbers.ts';

/** Median of the rounds and, if they differ, their range: `1,234 (1,100–1,400)`. */
export function figureText(values: readonly number[]): string {
  const [middle, least, most] = [median(values), Math.min(...values), Math.max(...values)].map(numberText);
  return least === most ? `${middle}` : `${middle} (${least}–${most})`;
}

/** Three digits that count, and never fewer than those before the point: 0.0123, 1.23, 123, 12,345; from a million on 1.23 M. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1_000_000) return `${numberText(value / 1_000_000)} M`;
  if (size >= 1_000 || size === 0) return Math.round(value).toLocaleString('en-US');
  const digits = Math.min(4, Math.max(0, 2 - Math.floor(Math.log10(size))));
  return String(Number(value.toFixed(digits)));
}

import type { CSSProperties } from 'react';
import { COLORS } from '../../lib/client/index.ts';

/** The shape of a caret's head; it tells apart what colour-blind eyes might confuse. */
export type Cap = 'flag' | 'dot' | 'notch';

/** Which cap each author colour has. `app/check-contrast.mjs` proves that close colours differ here. */
const CAPS: readonly Cap[] = [
  'flag',
  'dot',
  'flag',
  'flag',
  'flag',
  'flag',
  'dot',
  'notch',
  'dot',
  'dot',
  'notch',
  'notch',
];

export function capOf(color: number): Cap {
  return CAPS[color - 1] ?? 'flag';
}

/** The CSS colour of author ink `color` (1–12; anything else shows as 1). */
export function inkOf(color: number): string {
  return `var(--author-${color >= 1 && color <= COLORS && Number.isInteger(color) ? color : 1})`;
}

/** Sets `--a`, which chips, carets and selections draw with. */
export function inkStyle(color: number): CSSProperties {
  return { '--a': inkOf(color) } as CSSProperties;
}

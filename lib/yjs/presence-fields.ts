import type { RelativePositionJson } from './position.ts';

/** Longest name that is read, in units, and longest colour. */
const MOST_NAME = 40;
const MOST_COLOR = 40;

// What a label should not hold: control characters, breaks, halves of pairs.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029]+/gu;

/** Who an untrusted state says that it is; null if it does not say. A name or a colour that it lacks is ''. */
export function readUser(state: object | null): { name: string; color: string } | null {
  const user = field(state, 'user');
  if (typeof user !== 'object' || user === null) return null;
  const name = field(user, 'name');
  const color = field(user, 'color');
  return {
    name: typeof name === 'string' ? cut(name) : '',
    color: typeof color === 'string' && color.length <= MOST_COLOR ? color : '',
  };
}

/** An untrusted state with its user called `name`; itself if its user has no name, or that one. */
export function withName(state: object | null, name: string): object | null {
  const user = field(state, 'user');
  if (typeof user !== 'object' || user === null) return state;
  const said = field(user, 'name');
  return said === undefined || said === '' || said === name ? state : { ...state, user: { ...user, name } };
}

/**
 * Where an untrusted state says that its caret is: positions for `SharedText.offset`, which checks them. Null if it says that
 * there is none, or nothing that makes sense; undefined if it does not say. y-monaco has another word for it.
 */
export function readCursor(state: object | null): { anchor: unknown; head: unknown } | null | undefined {
  const said = field(state, 'cursor');
  const cursor = said === undefined ? field(state, 'selection') : said;
  if (cursor === undefined) return undefined;
  if (typeof cursor !== 'object' || cursor === null) return null;
  const anchor = field(cursor, 'anchor');
  const head = field(cursor, 'head');
  return anchor && head ? { anchor, head } : null;
}

/** The state that y-codemirror.next would have, and y-monaco, for somebody who uses another editor. `color`: as `#rrggbb`. */
export function syntheticState({ name, color, cursor }: SyntheticUser): object {
  return { user: { name, color, colorLight: `${color}33` }, cursor, selection: cursor };
}

export interface SyntheticUser {
  readonly name: string;
  readonly color: string;
  readonly cursor: { readonly anchor: RelativePositionJson; readonly head: RelativePositionJson } | null;
}

/** The object's own field, so that nothing is read which it inherits. */
function field(value: object | null, name: string): unknown {
  return value && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

/** One line of well-formed text, not longer than it may be. */
function cut(name: string): string {
  // Long before it is cut to size, so that cleaning costs little whatever is sent.
  const line = name
    .slice(0, 4 * MOST_NAME)
    .replace(UNPRINTABLE, ' ')
    .trim();
  const end = line.slice(0, MOST_NAME);
  return end.replace(/\p{Cs}$/u, '').trimEnd();
}

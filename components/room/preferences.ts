import { isRecord, readStored, writeStored } from '../ui/browser-store.ts';
import { PREFERENCES_KEY } from '../ui/preferences-key.ts';

/** How this browser likes its text and its rooms. */
export interface Preferences {
  lineNumbers: boolean;
  wrap: boolean;
  keys: 'default' | 'vim' | 'emacs';
  /** Columns of one step, and what a press of Tab writes. */
  indent: 2 | 4 | 8;
  tabs: boolean;
  face: 'auto' | 'sans' | 'serif' | 'mono';
  /** CSS pixels. */
  size: 15 | 16 | 17 | 19 | 21;
  spelling: boolean;
  /** A line after this column; 0: none. */
  ruler: 0 | 72 | 80 | 100 | 120;
  formatBar: boolean;
  /** Who wrote what, in the margin. */
  authorship: boolean;
  /** The same behind the letters; only with `authorship`. */
  authorText: boolean;
  /** Hides everything of the others but their text. */
  focusMode: boolean;
  /** What a screen reader hears of the others. */
  announce: 'off' | 'people' | 'everything';
}

export const DEFAULT_PREFERENCES: Preferences = {
  lineNumbers: false,
  wrap: true,
  keys: 'default',
  indent: 2,
  tabs: false,
  face: 'auto',
  size: 17,
  spelling: true,
  ruler: 0,
  formatBar: false,
  authorship: false,
  authorText: false,
  focusMode: false,
  announce: 'people',
};

/** What may be chosen, where it is more than yes or no. */
export const CHOICES = {
  keys: ['default', 'vim', 'emacs'],
  indent: [2, 4, 8],
  face: ['auto', 'sans', 'serif', 'mono'],
  size: [15, 16, 17, 19, 21],
  ruler: [0, 72, 80, 100, 120],
  announce: ['off', 'people', 'everything'],
} as const satisfies { [Name in keyof Preferences]?: readonly Preferences[Name][] };

export function readPreferences(): Preferences {
  const stored = readStored(PREFERENCES_KEY);
  if (!isRecord(stored)) return DEFAULT_PREFERENCES;
  const choices: Record<string, readonly unknown[]> = CHOICES;
  // What an older or newer version, or somebody's hand, has left there counts as not chosen.
  const known = Object.entries(DEFAULT_PREFERENCES).map(([name, byDefault]) => {
    const value = stored[name];
    const fits = choices[name]?.includes(value) ?? typeof value === 'boolean';
    return [name, fits ? value : byDefault] as const;
  });
  return Object.fromEntries(known) as unknown as Preferences;
}

export function keepPreferences(preferences: Preferences): void {
  writeStored(PREFERENCES_KEY, preferences);
}

import { isRecord, readStored, writeStored } from '../ui/browser-store.ts';

/** How this browser likes its text. */
export interface Preferences {
  lineNumbers: boolean;
  wrap: boolean;
}

const PREFERENCES_KEY = 'tandem:preferences';

export const DEFAULT_PREFERENCES: Preferences = { lineNumbers: false, wrap: true };

export function readPreferences(): Preferences {
  const stored = readStored(PREFERENCES_KEY);
  if (!isRecord(stored)) return DEFAULT_PREFERENCES;
  const { lineNumbers, wrap } = stored;
  return {
    lineNumbers: typeof lineNumbers === 'boolean' ? lineNumbers : DEFAULT_PREFERENCES.lineNumbers,
    wrap: typeof wrap === 'boolean' ? wrap : DEFAULT_PREFERENCES.wrap,
  };
}

export function keepPreferences(preferences: Preferences): void {
  writeStored(PREFERENCES_KEY, preferences);
}

import { useCallback, useEffect, useState } from 'react';
import { DEFAULT_PREFERENCES, keepPreferences, readPreferences, type Preferences } from './preferences.ts';

/** This browser's preferences; the defaults until the page runs, because the server knows none. */
export function usePreferences(): [Preferences, (next: Preferences) => void] {
  const [preferences, setPreferences] = useState(DEFAULT_PREFERENCES);
  useEffect(() => setPreferences(readPreferences()), []);
  const change = useCallback((next: Preferences) => {
    setPreferences(next);
    keepPreferences(next);
  }, []);
  return [preferences, change];
}

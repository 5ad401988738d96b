import { useCallback, useEffect, useState } from 'react';
import { DEFAULT_PREFERENCES, keepPreferences, readPreferences, type Preferences } from './preferences.ts';

/** This browser's preferences; the defaults until the page runs, because the server knows none. */
export function usePreferences(): [Preferences, (change: Partial<Preferences>) => void] {
  const [preferences, setPreferences] = useState(DEFAULT_PREFERENCES);
  useEffect(() => setPreferences(readPreferences()), []);
  const change = useCallback((part: Partial<Preferences>) => {
    // Another tab may have changed something else meanwhile.
    const next = { ...readPreferences(), ...part };
    keepPreferences(next);
    setPreferences((now) => ({ ...now, ...part }));
  }, []);
  return [preferences, change];
}

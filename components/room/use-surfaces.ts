import { useCallback, useEffect, useState } from 'react';
import { DIALOGS } from './parts.ts';
import { shortcutOf } from './shortcuts.ts';
import { NOTHING_OPEN, surfacesInAddress, type Surfaces } from './surfaces.ts';

/** What is open, and the keys that open it. */
export function useSurfaces(): [Surfaces, (change: Partial<Surfaces>) => void] {
  const [surfaces, setSurfaces] = useState(NOTHING_OPEN);
  const show = useCallback((change: Partial<Surfaces>) => setSurfaces((now) => ({ ...now, ...change })), []);
  // The server draws the page without knowing its address' parameters.
  useEffect(() => setSurfaces(surfacesInAddress(window.location.search)), []);
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      const change = event.defaultPrevented ? null : shortcutOf(event, surfaces);
      if (change === null) return;
      event.preventDefault();
      // Until its code is here, what is typed next must not land in the text.
      const part = change.dialog ? DIALOGS[change.dialog] : undefined;
      if (part?.here() === null && event.target instanceof HTMLElement) event.target.blur();
      show(change);
    };
    window.addEventListener('keydown', key);
    return () => window.removeEventListener('keydown', key);
  }, [surfaces, show]);
  return [surfaces, show];
}

import { useEffect } from 'react';
import type { RoomTools } from '../room/room-tools.ts';

/**
 * Focus mode: nothing of the others but their text. The page's root says so to the style sheet; Ctrl Shift Enter (⌘ on a Mac)
 * enters and leaves it, which neither a browser nor the editor has for itself.
 */
export function useFocusMode({ preferences, setPreferences }: RoomTools): void {
  const { focusMode } = preferences;
  useEffect(() => {
    document.documentElement.toggleAttribute('data-focus-mode', focusMode);
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !event.shiftKey || event.altKey || event.ctrlKey === event.metaKey) return;
      event.preventDefault();
      setPreferences({ focusMode: !focusMode });
    };
    window.addEventListener('keydown', key);
    return () => window.removeEventListener('keydown', key);
  }, [focusMode, setPreferences]);
}

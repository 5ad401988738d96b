import { useSyncExternalStore } from 'react';

/** LOOK's line between phone and tablet. */
const PHONE = '(max-width: 640px)';

/** Is this a phone's width? False while the server renders. */
export function usePhone(): boolean {
  return useSyncExternalStore(watch, isPhone, () => false);
}

export function isPhone(): boolean {
  return window.matchMedia(PHONE).matches;
}

function watch(changed: () => void): () => void {
  const query = window.matchMedia(PHONE);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

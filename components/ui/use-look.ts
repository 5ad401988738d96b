import { useSyncExternalStore } from 'react';
import { lookOfPage, watchLook, type Look } from './look.ts';

/** Which of the two looks the page has now; in the server's HTML the light one. */
export function useLook(): Look {
  return useSyncExternalStore(watchLook, lookOfPage, () => 'light');
}

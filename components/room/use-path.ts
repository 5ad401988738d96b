import { useSyncExternalStore } from 'react';

/** The path in the address bar, which a page that answers for many addresses learns in the browser only; null before. */
export function usePath(): string | null {
  return useSyncExternalStore(never, readPath, () => null);
}

const never = () => () => undefined;
const readPath = () => window.location.pathname;

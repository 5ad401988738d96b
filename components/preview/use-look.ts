import { useSyncExternalStore } from 'react';
import { lookOfPage, type Look } from './theme-colors.ts';

/** Which of the two looks the page has now. */
export function useLook(): Look {
  return useSyncExternalStore(watch, lookOfPage);
}

function watch(changed: () => void): () => void {
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const chosen = new MutationObserver(changed);
  system.addEventListener('change', changed);
  chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => {
    system.removeEventListener('change', changed);
    chosen.disconnect();
  };
}

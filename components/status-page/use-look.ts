import { useSyncExternalStore } from 'react';

const DARK = '(prefers-color-scheme: dark)';

/** Which of the two looks the page has now, whoever chose it. */
export function useLook(): 'light' | 'dark' {
  return useSyncExternalStore(watch, look, () => 'light');
}

function look(): 'light' | 'dark' {
  const chosen = document.documentElement.dataset['theme'];
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return window.matchMedia(DARK).matches ? 'dark' : 'light';
}

function watch(changed: () => void): () => void {
  const system = window.matchMedia(DARK);
  const chosen = new MutationObserver(changed);
  system.addEventListener('change', changed);
  chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => {
    system.removeEventListener('change', changed);
    chosen.disconnect();
  };
}

/** How the page looks now, whoever chose it. */
export type Look = 'light' | 'dark';

const DARK = '(prefers-color-scheme: dark)';

export function lookOfPage(): Look {
  const chosen = document.documentElement.dataset['theme'];
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return window.matchMedia(DARK).matches ? 'dark' : 'light';
}

/** Calls `changed` when the system or somebody may have chosen another. Returns how to stop. */
export function watchLook(changed: () => void): () => void {
  const system = window.matchMedia(DARK);
  const chosen = new MutationObserver(changed);
  system.addEventListener('change', changed);
  chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => {
    system.removeEventListener('change', changed);
    chosen.disconnect();
  };
}

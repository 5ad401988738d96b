import { useEffect } from 'react';

/** The page's regions in the order of F6. */
const REGIONS = ['header', 'main', 'aside', 'footer'];
const FOCUSABLE = 'button:not(:disabled), a[href], input, [contenteditable="true"], [tabindex="0"]';

/** F6 takes the focus to the next region, with Shift to the one before. */
export function useRegionKeys(): void {
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'F6') return;
      event.preventDefault();
      const here = REGIONS.findIndex((name) => document.activeElement?.closest(name) instanceof Element);
      const step = event.shiftKey ? -1 : 1;
      for (let tries = 1; tries <= REGIONS.length; tries += 1) {
        const next = REGIONS[(((here + step * tries) % REGIONS.length) + REGIONS.length) % REGIONS.length];
        if (next !== undefined && focusFirst(next)) return;
      }
    };
    window.addEventListener('keydown', key);
    return () => window.removeEventListener('keydown', key);
  }, []);
}

function focusFirst(region: string): boolean {
  for (const element of document.querySelectorAll<HTMLElement>(`${region} :is(${FOCUSABLE})`)) {
    if (element.offsetParent === null) continue;
    element.focus();
    return true;
  }
  return false;
}

import { isMac } from '../ui/is-mac.ts';
import type { Surfaces } from './surfaces.ts';

/**
 * Keys that open what is not here yet. Ctrl is ⌘ on a Mac. The browser's own keys are left alone but for printing, which would print
 * the page and not the text, and so are those that write a letter on some keyboard: AltGr is Ctrl and Alt at once.
 */
const SHORTCUTS: readonly { key: string; shift: boolean; change: (now: Surfaces) => Partial<Surfaces> }[] = [
  { key: 'k', shift: false, change: ({ dialog }) => ({ dialog: dialog === 'palette' ? null : 'palette' }) },
  { key: ',', shift: false, change: () => ({ dialog: 'settings' }) },
  { key: 'h', shift: true, change: ({ drawer }) => ({ drawer: drawer === 'history' ? null : 'history' }) },
  { key: 'e', shift: true, change: ({ preview }) => ({ preview: !preview }) },
  { key: 'p', shift: false, change: () => ({ dialog: 'print' }) },
  { key: 'm', shift: true, change: ({ panel }) => ({ panel: panel === 'comments' ? null : 'comments' }) },
];

/** Browsers search with ⌘ G and Ctrl G; on a Mac Ctrl G is nobody's, elsewhere Alt G, which writes a letter on a Mac only. */
function isGoToLine(event: Pressed): boolean {
  if (event.key.toLowerCase() !== 'g' || event.shiftKey || event.metaKey) return false;
  return isMac() ? event.ctrlKey && !event.altKey : event.altKey && !event.ctrlKey;
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** What a key opens or closes; null for any other key. */
export function shortcutOf(event: Pressed, now: Surfaces): Partial<Surfaces> | null {
  if (isGoToLine(event)) return { dialog: 'goToLine' };
  // Vim and Emacs have Ctrl K for themselves.
  if (event.key === 'F1') return { dialog: 'palette' };
  if (event.altKey || event.ctrlKey === event.metaKey) return null;
  const key = event.key.toLowerCase();
  return SHORTCUTS.find((one) => one.key === key && one.shift === event.shiftKey)?.change(now) ?? null;
}

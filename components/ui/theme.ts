import { PREFERENCES_KEY } from './preferences-key.ts';

/** Which of the two looks the page has: the system's, or one that was chosen in this browser. */
export type Theme = 'system' | 'light' | 'dark';

export const THEME_KEY = 'tandem:theme';

/**
 * Runs before the first paint, as text inside the page: a chosen theme must not flash the other one first, nor the text jump to
 * another face or size. What the style sheet does not know does nothing.
 */
export const THEME_SCRIPT = `try{var d=document.documentElement.dataset,g=function(k){return JSON.parse(localStorage.getItem(k))},t=g('${THEME_KEY}');if(t==='light'||t==='dark')d.theme=t;if(t=g('${PREFERENCES_KEY}')){d.writing=t.face;d.size=t.size}}catch(e){}`;

/** The theme that the page has now. */
export function currentTheme(): Theme {
  const theme = document.documentElement.dataset['theme'];
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

/** Changes the look at once, and remembers the choice where the browser allows it. */
export function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  try {
    if (theme === 'system') localStorage.removeItem(THEME_KEY);
    else localStorage.setItem(THEME_KEY, JSON.stringify(theme));
  } catch {
    // Blocked storage: the choice lasts as long as this page.
  }
}

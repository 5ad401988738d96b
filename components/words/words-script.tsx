import { SCRIPTS } from './compiled/catalogues.ts';

/** React Aria's own words follow the page, too, and not the browser; it looks here (its `LocalizedStringProvider`). */
export const ARIA_SCRIPT = `window[Symbol.for('react-aria.i18n.locale')]=document.documentElement.lang`;

interface WordsScriptProps {
  language: string;
  nonce: string | undefined;
}

/**
 * Brings the words of a language other than English. It holds up the reading of the page, so that it has run before anything
 * of the page is alive: the data that React begins with stands below it.
 */
export function WordsScript({ language, nonce }: WordsScriptProps) {
  const script = SCRIPTS[language];
  if (script === undefined) return null;
  // Browsers hide the nonce from the page once they have read it.
  return <script src={script.pathname} nonce={nonce} suppressHydrationWarning />;
}

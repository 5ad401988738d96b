/** Says on the server what language the page is in that is being drawn: `tell-languages.ts` puts it there. */
export const ASKED = Symbol.for('tandem.language');

/** The code of the language that this page is in: `de`. On the server, that of the page which is being drawn. */
export function currentLanguage(): string {
  if (typeof window !== 'undefined') return document.documentElement.lang;
  return (globalThis as { [ASKED]?: () => string })[ASKED]?.() ?? 'en';
}

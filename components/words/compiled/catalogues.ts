// Made from the catalogues by `npm run words`.
import './ar.js';
import './de.js';
import './es.js';
import './fr.js';
import './ja.js';

/** The script with a language's words; its name has its content's hash. English is in the bundles. */
export const SCRIPTS: Readonly<Record<string, URL>> = {
  "ar": new URL('./ar.js', import.meta.url),
  "de": new URL('./de.js', import.meta.url),
  "es": new URL('./es.js', import.meta.url),
  "fr": new URL('./fr.js', import.meta.url),
  "ja": new URL('./ja.js', import.meta.url),
};

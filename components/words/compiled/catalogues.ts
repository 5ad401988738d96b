// Made from the catalogues by `npm run words`.
import './de.js';

/** The script with a language's words; its name has its content's hash. English is in the bundles. */
export const SCRIPTS: Readonly<Record<string, URL>> = {
  "de": new URL('./de.js', import.meta.url),
};

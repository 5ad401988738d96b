// Made from the catalogues by `npm run words`.
import './de.js';

/** Every language that there is a catalogue for, by its code, with its own name for itself. */
export const LANGUAGES = [
  { code: "de", name: "Deutsch", direction: "ltr" },
  { code: "en", name: "English", direction: "ltr" },
] as const;

/** The script with a language's words; its name has its content's hash. English is in the bundles. */
export const SCRIPTS: Readonly<Record<string, URL>> = {
  "de": new URL('./de.js', import.meta.url),
};

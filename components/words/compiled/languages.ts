// Made from the catalogues by `npm run words`.

/** Every language that there is a catalogue for, by its code, with its own name for itself. */
export const LANGUAGES = [
  { code: "de", name: "Deutsch", direction: "ltr" },
  { code: "en", name: "English", direction: "ltr" },
] as const;

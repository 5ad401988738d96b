// Made from the catalogues by `npm run words`.

/** Every language that there is a catalogue for, by its code, with its own name for itself. */
export const LANGUAGES = [
  { code: "ar", name: "العربية", direction: "rtl" },
  { code: "de", name: "Deutsch", direction: "ltr" },
  { code: "en", name: "English", direction: "ltr" },
  { code: "es", name: "Español", direction: "ltr" },
  { code: "fr", name: "Français", direction: "ltr" },
  { code: "ja", name: "日本語", direction: "ltr" },
] as const;

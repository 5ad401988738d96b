import type { LanguageDescription } from '@codemirror/language';

/** All languages that there are; the list itself is fetched when somebody first needs it. */
export async function knownLanguages(): Promise<readonly LanguageDescription[]> {
  const { languages } = await import('@codemirror/language-data');
  return languages;
}

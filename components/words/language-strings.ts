import english, { type LanguagesWords } from './compiled/en/languages.js';
import { wordsOf } from './words-of.ts';

/** The words of the choice of a language. */
export const languageStrings = wordsOf<LanguagesWords>('languages', english);

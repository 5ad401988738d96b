import english, { type CheckWords } from '../words/compiled/en/check.js';
import { wordsOf } from '../words/words-of.ts';

/** The words of /check. */
export const checkStrings = wordsOf<CheckWords>('check', english);

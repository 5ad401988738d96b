import english, { type RedactWords } from '../words/compiled/en/redact.js';
import { wordsOf } from '../words/words-of.ts';

/** The words about taking a passage out of the history. */
export const redactStrings = wordsOf<RedactWords>('redact', english);

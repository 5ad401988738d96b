import english, { type WritingWords } from '../words/compiled/en/writing.js';
import { wordsOf } from '../words/words-of.ts';

/** The words of the format bar and of what it does. */
export const writingStrings = wordsOf<WritingWords>('writing', english);

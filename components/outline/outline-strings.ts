import english, { type OutlineWords } from '../words/compiled/en/outline.js';
import { wordsOf } from '../words/words-of.ts';

/** The words of the outline. */
export const outlineStrings = wordsOf<OutlineWords>('outline', english);

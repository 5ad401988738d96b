import english, { type AuthorshipWords } from '../words/compiled/en/authorship.js';
import { wordsOf } from '../words/words-of.ts';

/** The words of the thread that says who wrote what. */
export const authorshipStrings = wordsOf<AuthorshipWords>('authorship', english);

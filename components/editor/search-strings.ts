import english, { type SearchWords } from '../words/compiled/en/search.js';
import { wordsOf } from '../words/words-of.ts';

/** The words of the search panel and of what it says to screen readers. `$` stands for a number. */
export const searchStrings = wordsOf<SearchWords>('search', english);

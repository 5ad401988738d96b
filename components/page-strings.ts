import english, { type PageWords } from './words/compiled/en/page.js';
import { wordsOf } from './words/words-of.ts';

/**
 * The words of pages that have no room: apart from the others in `strings.ts`, because every page of the site carries
 * them.
 */
export const pageStrings = wordsOf<PageWords>('page', english);

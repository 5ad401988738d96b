import english, { type AnnounceWords } from '../words/compiled/en/announce.js';
import { wordsOf } from '../words/words-of.ts';

/** What is said aloud of the others: apart from their other words, because it comes with the page. */
export const announceStrings = wordsOf<AnnounceWords>('announce', english);

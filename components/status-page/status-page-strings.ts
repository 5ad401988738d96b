import english, { type StatusPageWords } from '../words/compiled/en/status-page.js';
import { wordsOf } from '../words/words-of.ts';

/** The words of /status. Apart from the others, because no other page says them. */
export const statusPageStrings = wordsOf<StatusPageWords>('status-page', english);

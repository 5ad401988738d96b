import english, { type PapersWords } from '../words/compiled/en/papers.js';
import { wordsOf } from '../words/words-of.ts';

/** The words of printing, exporting and bringing in. */
export const paperStrings = wordsOf<PapersWords>('papers', english);

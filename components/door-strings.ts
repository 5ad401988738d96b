import english, { type DoorsWords } from './words/compiled/en/doors.js';
import { wordsOf } from './words/words-of.ts';

/** The words of pages before a room that is closed to the visitor; no other page carries them. */
export const doorStrings = wordsOf<DoorsWords>('doors', english);

import english, { type RoomsWords } from '../words/compiled/en/rooms.js';
import { wordsOf } from '../words/words-of.ts';

/** The words of "My rooms". */
export const roomsStrings = wordsOf<RoomsWords>('rooms', english);

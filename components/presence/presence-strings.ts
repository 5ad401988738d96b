import english, { type PresenceWords } from '../words/compiled/en/presence.js';
import { wordsOf } from '../words/words-of.ts';

/** The words about the others: where they are, what can be done with them, and what is said aloud. */
export const presenceStrings = wordsOf<PresenceWords>('presence', english);

import english, { type ChatWords } from '../words/compiled/en/chat.js';
import { wordsOf } from '../words/words-of.ts';

/** The words of the chat. */
export const chatStrings = wordsOf<ChatWords>('chat', english);

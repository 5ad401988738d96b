import english, { type HistoryWords } from '../words/compiled/en/history.js';
import { wordsOf } from '../words/words-of.ts';

/** The words of the history: the bar below, the text of a moment, and the dialogs that take things back. */
export const historyStrings = wordsOf<HistoryWords>('history', english);

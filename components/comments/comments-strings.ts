import english, { type CommentsWords } from '../words/compiled/en/comments.js';
import { wordsOf } from '../words/words-of.ts';

/** The words of comments. */
export const commentsStrings = wordsOf<CommentsWords>('comments', english);

import english, { type AdminWords } from '../words/compiled/en/admin.js';
import { wordsOf } from '../words/words-of.ts';

/** The words of /admin, and of the field for its token. */
export const adminStrings = wordsOf<AdminWords>('admin', english);

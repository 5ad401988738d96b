import english, { type TemplatesWords } from '../words/compiled/en/templates.js';
import { wordsOf } from '../words/words-of.ts';

/** The words of the templates. `day`: "27 November 2026". Where one begins to write stands `- ` or nothing. */
export const templateStrings = wordsOf<TemplatesWords>('templates', english);

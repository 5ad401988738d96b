import english, { type PreviewWords } from '../words/compiled/en/preview.js';
import { wordsOf } from '../words/words-of.ts';

/** The words of the preview. */
export const previewStrings = wordsOf<PreviewWords>('preview', english);

import english, { type InspectorWords } from '../words/compiled/en/inspector.js';
import { wordsOf } from '../words/words-of.ts';

/** The words of the inspector. */
export const inspectorStrings = wordsOf<InspectorWords>('inspector', english);

import english, { type PanelWords } from '../words/compiled/en/panel.js';
import { wordsOf } from '../words/words-of.ts';

/** The words of the side panel itself. */
export const panelStrings = wordsOf<PanelWords>('panel', english);

import english, { type PaletteWords } from '../words/compiled/en/palette.js';
import { wordsOf } from '../words/words-of.ts';

/** The words of the command palette and of the list of keys. */
export const paletteStrings = wordsOf<PaletteWords>('palette', english);

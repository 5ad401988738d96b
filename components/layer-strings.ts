import english, { type LayersWords } from './words/compiled/en/layers.js';
import { wordsOf } from './words/words-of.ts';

/**
 * The words of dialogs, menus and lists, which are fetched with them: apart from `strings.ts`, which every room loads.
 */
export const layerStrings = wordsOf<LayersWords>('layers', english);

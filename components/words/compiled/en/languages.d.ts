// Made from the catalogues by `npm run words`.
import type { Catalogue } from '../../words-of.ts';
export interface LanguagesWords {
readonly "heading": string;
readonly "label": string;
readonly "browser": string;
readonly "help": string;
}
declare const words: Catalogue;
export default words;

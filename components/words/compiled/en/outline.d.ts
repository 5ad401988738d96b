// Made from the catalogues by `npm run words`.
import type { Catalogue } from '../../words-of.ts';
export interface OutlineWords {
readonly "label": string;
readonly "empty": string;
readonly "noHeadings": (language: string) => string;
readonly "untitled": string;
readonly "fold": (words: string) => string;
}
declare const words: Catalogue;
export default words;

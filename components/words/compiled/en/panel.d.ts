// Made from the catalogues by `npm run words`.
import type { Catalogue } from '../../words-of.ts';
export interface PanelWords {
readonly "label": string;
readonly "close": string;
readonly "people": string;
readonly "chat": string;
readonly "comments": string;
readonly "outline": string;
}
declare const words: Catalogue;
export default words;

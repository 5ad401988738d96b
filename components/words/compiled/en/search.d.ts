// Made from the catalogues by `npm run words`.
import type { Catalogue } from '../../words-of.ts';
export interface SearchWords {
readonly "find": string;
readonly "replaceWith": string;
readonly "next": string;
readonly "previous": string;
readonly "all": string;
readonly "matchCase": string;
readonly "regexp": string;
readonly "byWord": string;
readonly "replace": string;
readonly "replaceAll": string;
readonly "close": string;
readonly "currentMatch": string;
readonly "onLine": string;
readonly "replacedOnLine": string;
readonly "replaced": string;
}
declare const words: Catalogue;
export default words;

// Made from the catalogues by `npm run words`.
import type { Catalogue } from '../../words-of.ts';
export interface AuthorshipWords {
readonly "label": string;
readonly "somebody": string;
readonly "by": (name: string, when: string) => string;
readonly "also": (names: string) => string;
readonly "today": (time: string) => string;
readonly "yesterday": (time: string) => string;
readonly "date": (date: string, time: string) => string;
readonly "line": (line: number, words: string) => string;
readonly "empty": string;
}
declare const words: Catalogue;
export default words;

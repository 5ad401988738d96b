// Made from the catalogues by `npm run words`.
import type { Catalogue } from '../../words-of.ts';
export interface WritingWords {
readonly "bar": string;
readonly "column": (n: number) => string;
readonly "commands": {
readonly "bold": string;
readonly "italic": string;
readonly "strike": string;
readonly "code": string;
readonly "bullets": string;
readonly "numbers": string;
readonly "tasks": string;
readonly "quote": string;
readonly "heading": string;
readonly "link": string;
readonly "table": string;
readonly "formatTable": string;
readonly "nextCell": string;
readonly "previousCell": string;
readonly "rowBelow": string;
readonly "columnAfter": string;
readonly "undo": string;
readonly "redo": string;
};
}
declare const words: Catalogue;
export default words;

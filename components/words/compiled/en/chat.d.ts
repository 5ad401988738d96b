// Made from the catalogues by `npm run words`.
import type { Catalogue } from '../../words-of.ts';
export interface ChatWords {
readonly "log": string;
readonly "empty": string;
readonly "loading": string;
readonly "failed": string;
readonly "again": string;
readonly "older": string;
readonly "olderFailed": string;
readonly "today": string;
readonly "yesterday": string;
readonly "fresh": (n: number) => string;
readonly "toNewest": (n: number) => string;
readonly "unread": (n: number) => string;
readonly "you": (name: string) => string;
readonly "guest": string;
readonly "field": string;
readonly "send": string;
readonly "readOnly": string;
readonly "locked": string;
readonly "lost": string;
readonly "sending": string;
readonly "waits": string;
readonly "waitsForUnlock": string;
readonly "notSent": string;
readonly "retry": string;
readonly "drop": string;
readonly "quoteLine": string;
readonly "quoting": string;
readonly "noQuote": string;
readonly "removeQuote": string;
readonly "jump": (words: string) => string;
readonly "gone": string;
readonly "goneBy": (name: string) => string;
readonly "writing": {
readonly "one": (name: string) => string;
readonly "two": (first: string, second: string) => string;
readonly "more": (n: number) => string;
};
}
declare const words: Catalogue;
export default words;

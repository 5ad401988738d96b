// Made from the catalogues by `npm run words`.
import type { Catalogue } from '../../words-of.ts';
export interface RoomsWords {
readonly "heading": string;
readonly "search": string;
readonly "empty": string;
readonly "none": (query: string) => string;
readonly "about": string;
readonly "notKept": string;
readonly "untitled": string;
readonly "here": string;
readonly "role": {
readonly "owner": string;
readonly "edit": string;
readonly "view": string;
};
readonly "yours": string;
readonly "changed": (when: string) => string;
readonly "visited": (when: string) => string;
readonly "gone": {
readonly "deleted": string;
readonly "missing": string;
readonly "revoked": string;
readonly "expired": string;
readonly "removed": string;
};
readonly "newTab": string;
readonly "newTabOf": (title: string) => string;
readonly "pin": string;
readonly "pinOf": (title: string) => string;
readonly "forget": string;
readonly "forgetOf": (title: string) => string;
readonly "forgetAsk": string;
readonly "forgetYes": string;
readonly "forgetOwnAsk": string;
readonly "forgetOwnYes": string;
readonly "dropOwn": string;
readonly "when": {
readonly "now": string;
readonly "minutes": (n: number) => string;
readonly "hours": (n: number) => string;
readonly "yesterday": string;
};
}
declare const words: Catalogue;
export default words;

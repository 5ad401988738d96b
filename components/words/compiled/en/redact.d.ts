// Made from the catalogues by `npm run words`.
import type { Catalogue } from '../../words-of.ts';
export interface RedactWords {
readonly "action": string;
readonly "heading": string;
readonly "passage": string;
readonly "more": (characters: number) => string;
readonly "what": string;
readonly "final": string;
readonly "reach": string;
readonly "copies": string;
readonly "select": string;
readonly "unsaved": string;
readonly "offline": string;
readonly "moved": string;
readonly "confirm": string;
readonly "working": string;
readonly "workingLong": string;
readonly "cancel": string;
readonly "done": (revisions: number) => string;
readonly "faults": {
readonly "unreachable": string;
readonly "other": string;
};
}
declare const words: Catalogue;
export default words;

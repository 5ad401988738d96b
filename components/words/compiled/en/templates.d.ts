// Made from the catalogues by `npm run words`.
import type { Catalogue } from '../../words-of.ts';
export interface TemplatesWords {
readonly "heading": string;
readonly "help": string;
readonly "helpFull": string;
readonly "readOnly": string;
readonly "put": string;
readonly "meeting": {
readonly "name": string;
readonly "about": string;
readonly "title": (day: string) => string;
readonly "text": (day: string) => string;
};
readonly "interview": {
readonly "name": string;
readonly "about": string;
readonly "title": (day: string) => string;
readonly "text": (day: string) => string;
};
readonly "retrospective": {
readonly "name": string;
readonly "about": string;
readonly "title": (day: string) => string;
readonly "text": (day: string) => string;
};
}
declare const words: Catalogue;
export default words;

// Made from the catalogues by `npm run words`.
import type { Catalogue } from '../../words-of.ts';
export interface PageWords {
readonly "product": string;
readonly "tagline": string;
readonly "missing": {
readonly "heading": string;
readonly "body": string;
readonly "start": string;
readonly "rooms": string;
};
readonly "unknownPage": {
readonly "heading": string;
readonly "body": string;
};
readonly "failure": {
readonly "heading": string;
readonly "body": string;
readonly "again": string;
};
}
declare const words: Catalogue;
export default words;

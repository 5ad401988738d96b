// Made from the catalogues by `npm run words`.
import type { Catalogue } from '../../words-of.ts';
export interface DoorsWords {
readonly "closed": {
readonly "revoked": {
readonly "heading": string;
readonly "body": string;
};
readonly "expired": {
readonly "heading": string;
readonly "body": string;
};
readonly "removed": {
readonly "heading": string;
readonly "body": string;
};
};
readonly "gate": {
readonly "heading": string;
readonly "field": string;
readonly "enter": string;
readonly "wrong": string;
readonly "slow": (seconds: number) => string;
readonly "unreachable": string;
};
}
declare const words: Catalogue;
export default words;

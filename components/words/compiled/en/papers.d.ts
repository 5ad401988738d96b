// Made from the catalogues by `npm run words`.
import type { Catalogue } from '../../words-of.ts';
export interface PapersWords {
readonly "preview": string;
readonly "downloadAs": string;
readonly "print": string;
readonly "importFile": string;
readonly "preparing": string;
readonly "printFailed": string;
readonly "exportFailed": string;
readonly "kinds": {
readonly "md": {
readonly "name": string;
readonly "help": string;
};
readonly "txt": {
readonly "name": string;
readonly "help": string;
};
readonly "html": {
readonly "name": string;
readonly "help": string;
};
readonly "pdf": {
readonly "name": string;
readonly "help": string;
};
};
readonly "making": string;
readonly "cancel": string;
readonly "askHeading": (name: string) => string;
readonly "ask": string;
readonly "insert": string;
readonly "insertHere": string;
readonly "replace": string;
readonly "replaceHelp": string;
readonly "chooseFile": string;
readonly "chooseHelp": string;
readonly "readAs": (encoding: string) => string;
}
declare const words: Catalogue;
export default words;

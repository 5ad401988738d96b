// Made from the catalogues by `npm run words`.
import type { Catalogue } from '../../words-of.ts';
export interface AnnounceWords {
readonly "joined": (name: string) => string;
readonly "left": (name: string) => string;
readonly "manyJoined": (n: number) => string;
readonly "manyLeft": (n: number) => string;
readonly "editing": (name: string, line: number) => string;
}
declare const words: Catalogue;
export default words;

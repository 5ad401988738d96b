// Made from the catalogues by `npm run words`.
import type { Catalogue } from '../../words-of.ts';
export interface PreviewWords {
readonly "label": string;
readonly "close": string;
readonly "switch": string;
readonly "text": string;
readonly "preview": string;
readonly "rendering": string;
readonly "empty": string;
readonly "failed": string;
readonly "again": string;
readonly "noMarkdown": (language: string) => string;
readonly "plain": string;
readonly "makeMarkdown": string;
readonly "formulaFailed": string;
readonly "diagramFailed": string;
readonly "diagram": (source: string) => string;
readonly "tick": (task: string) => string;
}
declare const words: Catalogue;
export default words;

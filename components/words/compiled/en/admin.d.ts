// Made from the catalogues by `npm run words`.
import type { Catalogue } from '../../words-of.ts';
export interface AdminWords {
readonly "title": string;
readonly "about": string;
readonly "status": string;
readonly "token": {
readonly "label": string;
readonly "enter": string;
readonly "leave": string;
readonly "wrong": string;
readonly "slow": (seconds: number) => string;
readonly "unreachable": string;
readonly "failed": string;
readonly "gate": string;
};
readonly "room": string;
readonly "size": string;
readonly "created": string;
readonly "edited": string;
readonly "never": string;
readonly "here": string;
readonly "actions": string;
readonly "untitled": string;
readonly "close": string;
readonly "closeOf": (title: string) => string;
readonly "closed": (title: string) => string;
readonly "notOpen": (title: string) => string;
readonly "remove": string;
readonly "removeOf": (title: string) => string;
readonly "removeAsk": string;
readonly "removeYes": string;
readonly "removed": (title: string) => string;
readonly "none": string;
readonly "next": string;
readonly "first": string;
readonly "reload": string;
readonly "loading": string;
}
declare const words: Catalogue;
export default words;

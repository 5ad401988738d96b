// Made from the catalogues by `npm run words`.
import type { Catalogue } from '../../words-of.ts';
export interface CheckWords {
readonly "title": string;
readonly "about": string;
readonly "running": string;
readonly "again": string;
readonly "copy": string;
readonly "copied": string;
readonly "notCopied": string;
readonly "report": string;
readonly "details": string;
readonly "good": string;
readonly "warn": string;
readonly "bad": string;
readonly "summary": {
readonly "good": string;
readonly "warn": string;
readonly "bad": string;
};
readonly "pages": {
readonly "name": string;
readonly "good": (ms: number) => string;
readonly "slow": (ms: number) => string;
readonly "bad": (why: string) => string;
readonly "offline": string;
};
readonly "sockets": {
readonly "name": string;
readonly "good": (opened: number, trip: number) => string;
readonly "bad": string;
readonly "silent": string;
};
readonly "buffering": {
readonly "name": string;
readonly "good": string;
readonly "bad": (ms: number) => string;
};
readonly "address": {
readonly "name": string;
readonly "good": (base: string) => string;
readonly "bad": (base: string, here: string) => string;
};
readonly "clock": {
readonly "name": string;
readonly "good": string;
readonly "behind": (seconds: number) => string;
readonly "ahead": (seconds: number) => string;
};
readonly "journal": {
readonly "name": string;
readonly "good": string;
readonly "bad": string;
};
readonly "space": {
readonly "name": string;
readonly "good": (size: string) => string;
readonly "unknown": string;
readonly "bad": (size: string) => string;
};
readonly "secure": {
readonly "name": string;
readonly "good": string;
readonly "bad": string;
};
}
declare const words: Catalogue;
export default words;

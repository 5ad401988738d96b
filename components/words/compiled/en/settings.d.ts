// Made from the catalogues by `npm run words`.
import type { Catalogue } from '../../words-of.ts';
export interface SettingsWords {
readonly "heading": string;
readonly "help": string;
readonly "notKept": string;
readonly "writing": {
readonly "heading": string;
readonly "face": string;
readonly "faces": {
readonly "auto": string;
readonly "sans": string;
readonly "serif": string;
readonly "mono": string;
};
readonly "faceHelp": string;
readonly "sample": string;
readonly "size": string;
readonly "sizeOf": (pixels: number) => string;
readonly "wrap": string;
readonly "lineNumbers": string;
readonly "spelling": string;
readonly "ruler": string;
readonly "rulers": (column: number) => string;
readonly "rulerHelp": string;
};
readonly "keys": {
readonly "heading": string;
readonly "keys": string;
readonly "choices": {
readonly "default": string;
readonly "vim": string;
readonly "emacs": string;
};
readonly "help": {
readonly "default": string;
readonly "vim": string;
readonly "emacs": string;
};
readonly "indent": string;
readonly "columns": (n: number) => string;
readonly "tabs": string;
readonly "tabsHelp": string;
readonly "formatBar": string;
readonly "formatBarHelp": string;
};
readonly "look": {
readonly "heading": string;
readonly "theme": string;
readonly "themes": {
readonly "system": string;
readonly "light": string;
readonly "dark": string;
};
readonly "authorship": string;
readonly "focusMode": string;
readonly "focusHelp": string;
readonly "announce": string;
readonly "announcements": {
readonly "off": string;
readonly "people": string;
readonly "everything": string;
};
readonly "announceHelp": string;
};
readonly "modes": {
readonly "normal": string;
readonly "insert": string;
readonly "replace": string;
readonly "visual": string;
readonly "visualLine": string;
readonly "visualBlock": string;
readonly "emacs": string;
};
readonly "commandLine": string;
readonly "save": {
readonly "saved": string;
readonly "kept": (n: number) => string;
readonly "readOnly": string;
};
readonly "notFetched": {
readonly "vim": string;
readonly "emacs": string;
};
}
declare const words: Catalogue;
export default words;

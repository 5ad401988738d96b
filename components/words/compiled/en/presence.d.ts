// Made from the catalogues by `npm run words`.
import type { Catalogue } from '../../words-of.ts';
export interface PresenceWords {
readonly "idle": (who: string) => string;
readonly "viewing": (who: string) => string;
readonly "doing": {
readonly "editing": (line: number) => string;
readonly "at": (line: number) => string;
readonly "selected": (line: number, units: number) => string;
readonly "idle": (minutes: number) => string;
readonly "byLink": (name: string) => string;
};
readonly "menu": {
readonly "label": (name: string) => string;
readonly "more": (name: string) => string;
readonly "jump": string;
readonly "follow": string;
readonly "followName": (name: string) => string;
readonly "stop": string;
readonly "stopName": (name: string) => string;
readonly "undo": string;
readonly "remove": string;
};
readonly "nowhere": (name: string) => string;
readonly "following": {
readonly "who": (name: string) => string;
readonly "how": string;
readonly "stop": (name: string) => string;
readonly "left": (name: string) => string;
};
readonly "nearby": {
readonly "below": (name: string) => string;
readonly "above": (name: string) => string;
};
readonly "next": {
readonly "place": (name: string, line: number) => string;
readonly "nobody": string;
};
readonly "focus": {
readonly "on": string;
readonly "onPhone": string;
readonly "leave": string;
readonly "enter": string;
};
readonly "panel": {
readonly "authorship": string;
readonly "authorText": string;
readonly "focus": string;
readonly "announce": string;
readonly "off": string;
readonly "people": string;
readonly "everything": string;
};
}
declare const words: Catalogue;
export default words;

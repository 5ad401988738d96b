// Made from the catalogues by `npm run words`.
import type { Catalogue } from '../../words-of.ts';
export interface InspectorWords {
readonly "title": string;
readonly "about": string;
readonly "pause": string;
readonly "goOn": string;
readonly "copy": string;
readonly "copied": string;
readonly "notCopied": string;
readonly "close": string;
readonly "empty": string;
readonly "columns": {
readonly "time": string;
readonly "way": string;
readonly "kind": string;
readonly "size": string;
readonly "trip": string;
readonly "content": string;
};
readonly "sent": string;
readonly "received": string;
readonly "bytes": (n: number) => string;
readonly "ms": (n: number) => string;
readonly "ackOf": (seq: string) => string;
readonly "units": (n: number) => string;
readonly "client": string;
readonly "facts": {
readonly "state": string;
readonly "rev": string;
readonly "outstanding": string;
readonly "buffer": string;
readonly "trip": string;
};
readonly "seq": (n: number) => string;
readonly "nothing": string;
readonly "states": {
readonly "synced": string;
readonly "unsent": string;
readonly "awaiting": string;
readonly "awaitingWithBuffer": string;
};
readonly "notLive": {
readonly "connecting": string;
readonly "greeting": string;
readonly "live": string;
readonly "waiting": string;
readonly "lost": string;
readonly "closed": string;
};
readonly "pretend": string;
readonly "kind": string;
readonly "offline": string;
readonly "slow": string;
readonly "lossy": string;
readonly "delay": string;
readonly "loss": string;
readonly "percent": (n: number) => string;
readonly "onlyHere": string;
readonly "chip": {
readonly "offline": string;
readonly "slow": string;
readonly "lossy": string;
};
}
declare const words: Catalogue;
export default words;

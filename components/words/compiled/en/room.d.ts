// Made from the catalogues by `npm run words`.
import type { Catalogue } from '../../words-of.ts';
export interface RoomWords {
readonly "skip": string;
readonly "title": {
readonly "untitled": string;
readonly "label": string;
readonly "edit": (title: string) => string;
};
readonly "text": {
readonly "label": string;
readonly "readOnlyLabel": string;
};
readonly "fresh": {
readonly "hint": string;
/** What is in brackets can be pressed, and begins the text with a template: the same three, in this order. */
readonly "start": string;
};
readonly "status": {
readonly "ready": string;
readonly "saved": string;
readonly "device": string;
readonly "received": string;
readonly "offline": string;
readonly "reconnecting": string;
readonly "catchingUp": string;
readonly "cannotWrite": string;
readonly "view": string;
readonly "locked": string;
readonly "full": string;
readonly "charactersKept": (n: number) => string;
readonly "kept": (n: number) => string;
readonly "toSend": (n: number) => string;
readonly "limit": (size: string) => string;
readonly "textKept": string;
readonly "lost": {
readonly "revoked": string;
readonly "expired": string;
readonly "removed": string;
readonly "password": string;
readonly "signIn": string;
readonly "deleted": string;
readonly "missing": string;
readonly "updated": string;
readonly "refused": string;
};
};
readonly "details": {
readonly "download": string;
readonly "noCopy": (n: number) => string;
};
readonly "people": {
readonly "you": (name: string) => string;
readonly "label": string;
readonly "count": (n: number) => string;
readonly "more": (n: number) => string;
readonly "moreLabel": (n: number) => string;
readonly "guest": string;
readonly "other": {
readonly "ot": (name: string) => string;
readonly "yjs": (name: string) => string;
readonly "api": (name: string) => string;
};
};
readonly "share": {
readonly "button": string;
readonly "editCopied": string;
readonly "viewCopied": string;
};
readonly "more": {
readonly "label": string;
readonly "history": string;
readonly "panel": string;
readonly "unread": (n: number) => string;
};
readonly "footer": {
readonly "counts": (words: number, characters: number) => string;
readonly "selected": (words: number, characters: number) => string;
readonly "position": (line: number, column: number) => string;
readonly "goToLine": string;
readonly "palette": string;
readonly "language": string;
readonly "plainText": string;
};
readonly "notice": {
readonly "serverError": string;
readonly "tooFast": (seconds: number) => string;
readonly "notKept": string;
readonly "healed": string;
readonly "rebased": string;
readonly "showMyCopy": string;
readonly "dismiss": string;
readonly "copyText": string;
readonly "textCopied": string;
readonly "textNotCopied": string;
readonly "newRoomWithIt": string;
readonly "download": string;
readonly "reload": string;
readonly "pasteTooLong": (got: string, rest: string) => string;
readonly "fileTooLong": (got: string, rest: string) => string;
readonly "notText": string;
readonly "readOnly": string;
readonly "dropFailed": string;
readonly "downloadFailed": string;
};
readonly "loading": string;
readonly "announce": {
readonly "offline": string;
readonly "cannotWrite": string;
readonly "saved": string;
readonly "locked": string;
readonly "unlocked": string;
readonly "lost": string;
};
readonly "size": {
readonly "characters": (n: number) => string;
readonly "kb": (n: number) => string;
readonly "mb": (n: number) => string;
};
}
declare const words: Catalogue;
export default words;

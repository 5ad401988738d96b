import type { Op } from '../ot/index.ts';
import type { ChatMessage, CommentAct, Passage, Thread } from './notes.ts';

/**
 * The words both ends speak: every message of subprotocol `tandem.1`, one JSON text frame each.
 * docs/PROTOCOL.md tells what each is for; decode.ts turns unknown text into one of these or a named refusal.
 * Positions and lengths are UTF-16 code units, times are milliseconds.
 */
export type ClientMessage =
  | Hello
  /** One edit. `seq` starts at 1 and grows by 1; a resend is the same edit, never with more in it. */
  | { t: 'op'; seq: number; rev: number; op: Op }
  /** Where this client's carets are, in the text at `rev`. Ephemeral. */
  | { t: 'cursor'; rev: number; ranges: readonly Range[] }
  /** Renames this author, or gives it another colour. */
  | { t: 'me'; name: string; color: number }
  /** Changes what the room is called or which language it is written in. */
  | { t: 'room'; title?: string; language?: string }
  /** Answered at once by `pong` with the same `at`. */
  | { t: 'ping'; at: number }
  /** The client's text at `rev` had another hash than the server's; it is about to heal itself. */
  | { t: 'mismatch'; rev: number; hash: string }
  /** Says something to the room. `id`: 22 base62 characters at random; the same again is not said twice. */
  | { t: 'chat'; id: string; text: string; quote?: Passage }
  /** Begins, answers or changes a thread of comments. `id` names a comment, or for `resolve` and `reopen` only this message. */
  | { t: 'comment'; id: string; thread: string; act: CommentAct }
  /** Is writing something to the room. Said again while that goes on, every 3 s or seldomer. Ephemeral. */
  | { t: 'writing' };

export type ServerMessage =
  | Welcome
  /** Entries `rev`, `rev + 1` …; the one with my author number and outstanding `seq` is my acknowledgement. */
  | { t: 'ops'; rev: number; ops: readonly LoggedOp[] }
  /** `seq` was settled before (`rev`: where), or became identity (`rev`: the newest then). */
  | { t: 'ack'; seq: number; rev: number }
  | { t: 'cursor'; rev: number; author: number; ranges: readonly Range[] }
  /** The first one after `welcome` lists everybody, and replaces what was known. */
  | { t: 'people'; join: readonly Person[]; leave: readonly number[] }
  | { t: 'room'; title?: string; language?: string }
  /** What this link may do now. `locked` as in `welcome`. */
  | { t: 'role'; role: Role; locked?: boolean }
  /** `ok: false`: the server cannot write, edits wait. */
  | { t: 'store'; ok: boolean; message?: string }
  | { t: 'pong'; at: number }
  /** FNV-1a of the text at `rev`. */
  | { t: 'hash'; rev: number; hash: string }
  /** Somebody said something; one's own `id` is the acknowledgement. Offsets are in the text at `rev`, here and in `thread`. */
  | { t: 'chat'; rev: number; message: ChatMessage }
  /** Somebody was writing to the room a moment ago. Nobody says when that ends: some seconds later, or with a `chat` of theirs. */
  | { t: 'writing'; author: number }
  /** How a thread of comments is now. */
  | { t: 'thread'; rev: number; thread: Thread }
  /** Sent before any close of ours. With `retryMs` the socket stays open and nothing was taken. */
  | { t: 'error'; code: string; message: string; seq?: number; id?: string; retryMs?: number }
  /** Stay until the close with 4503, then come back at a random time in the window, counted from now. */
  | { t: 'drain'; minMs: number; maxMs: number }
  /** Reconnect with a `hello` without `rev`, and rebase. */
  | { t: 'resync'; why: string };

/** The first message of a client, within `HELLO_TIMEOUT_MS`. */
export interface Hello {
  t: 'hello';
  v: 1;
  token: string;
  /** 22 base62 characters made at random by this editor instance. A secret: whoever knows it can supersede the socket. */
  client: string;
  /** Public random id of the browser, so that one person's tabs show as one. */
  person?: string;
  /** The newest revision this client has, and the log that it belongs to. Both, or neither. */
  rev?: number;
  epoch?: string;
  name?: string;
  /** Index 1–12 of the author colours. */
  color?: number;
  password?: string;
  /** Makes the room at its first edit, with `token` as its edit link. Ignored if the room exists. */
  create?: { owner: string; view: string };
}

export interface Welcome {
  t: 'welcome';
  session: string;
  epoch: string;
  /** The room's newest revision. */
  rev: number;
  role: Role;
  /** The owner made the room read-only for everybody; absent means no. */
  locked?: boolean;
  /** The name under which a proxy has signed this person in; then it is the author's, and `me` changes only the colour. */
  signedIn?: string;
  /** This client's author number in this room, for ever. */
  you: number;
  title: string;
  language: string;
  limits: Limits;
  /** The newest `seq` of this client that is settled, and the revision at which it is. */
  last: { seq: number; rev: number } | null;
  /** The text at `rev`; absent if the revisions after hello's `rev` follow as `ops` instead. */
  text?: string;
  /** Number of the newest chat message; absent without any. */
  chat?: number;
  /** How many threads of comments are open; absent without any. */
  threads?: number;
}

/** What a link lets its holder do. */
export type Role = 'owner' | 'edit' | 'view';

/** `[anchor, head]`, UTF-16 offsets; equal for a caret. */
export type Range = readonly [anchor: number, head: number];

/** One entry of the log as it travels: who, their `seq`, and the op as it was applied. */
export type LoggedOp = readonly [author: number, seq: number, op: Op];

export interface Person {
  author: number;
  /** Empty when the client gave none. */
  person: string;
  name: string;
  /** Index 1–12 of the author colours. */
  color: number;
  role: Role;
  /** How they joined: our own client, a Yjs client, or a program over REST. */
  kind: 'ot' | 'yjs' | 'api';
}

export interface Limits {
  /** Bytes of one message, either way that we count: UTF-8 bytes of the JSON text. */
  message: number;
  /** UTF-16 units of the whole text. */
  document: number;
  opsPerSecond: number;
  bytesPerSecond: number;
  /** How many revisions behind a client may resume by transform. */
  catchUp: number;
}

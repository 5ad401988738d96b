import type { Op } from '../ot/index.ts';
import type { ClientMessage, Limits, Person, Range, Role, ServerMessage } from '../protocol/index.ts';
import type { Journal, KeptRoom } from './journal.ts';

/**
 * What a screen sees of a room, and all that it can ask of it. No React, no DOM: sockets, clocks, storage and
 * browser events come in through `Environment`.
 */
export interface RoomClient {
  /** The state to draw. The same object until something in it changes (fits `useSyncExternalStore`). */
  view(): RoomView;
  /** Called after every change of `view()`. Returns how to stop. */
  subscribe(listener: () => void): () => void;
  /** Text changes to apply to the editor, in the editor's own coordinates, synchronously and in order. Returns how to stop. */
  onChange(listener: (change: RemoteChange) => void): () => void;
  /** Carets and selections of the others, in the editor's coordinates, after remote changes. Returns how to stop. */
  onCarets(listener: (carets: readonly RemoteCaret[], cause: CaretCause) => void): () => void;
  /** Chat and comments as they arrive, and every welcome: what was missed before it has to be read anew. Returns how to stop. */
  onTalk(listener: (event: TalkEvent) => void): () => void;
  /**
   * Sends a chat message, a comment, or that one is being written, now; false, and nothing done, if that is impossible (no connection, not allowed). What
   * waits and is sent again is `TalkQueue`'s matter.
   */
  talk(message: TalkWord): boolean;
  /**
   * Where a position of the server's text at `rev` is in the text shown now. Null if that revision is still on its way, or so
   * old (from before the first `onTalk`, say) that it has to be asked for again. `bias`: at an insert right there, stay
   * before it or move behind it.
   */
  locate(rev: number, position: number, bias: 'before' | 'after'): number | null;
  /** The text as this screen should show it now. O(length): for the first paint, a copy, a download. */
  text(): string;
  /**
   * A local edit, in the coordinates of the text just before it. Never refused while `view().canEdit`. Throws `ClientFault`
   * if it may not be made (`read-only`, `closed`) or does not fit the text, which means that the editor shows another one.
   */
  edit(op: Op): void;
  /**
   * An edit of one's own that was made on the server's text at `rev`, such as one that takes something back: it is moved over
   * what came since and what waits here, and reaches the editor through `onChange`, marked `own`. False, and nothing is done,
   * if it may not be written now, has no space, or cannot be moved: `rev` is too long ago, or has not come here yet. Then it
   * has to be asked for anew. Throws `ClientFault` if it does not fit.
   */
  editAt(rev: number, op: Op): boolean;
  /**
   * Would the document stay within its limit? To be asked before an edit enters the editor, for one that enters too long
   * a text waits here, with everything after it, until there is space.
   */
  fits(op: Op): Fit;
  /** The own selections changed without an edit. `null`: the editor lost the focus. */
  select(ranges: readonly Range[] | null): void;
  /** While `view().signedIn` only the colour changes. */
  rename(name: string, color: number): void;
  /** As `setLanguage`: no effect for a view link; what is wanted while the room cannot be reached or is locked is told later. */
  setTitle(title: string): void;
  setLanguage(language: string): void;
  /** Makes a fresh room exist before its first letter, because its link is being given away. No effect on an existing room. */
  publish(): void;
  /** The notice was read. */
  dismiss(): void;
  /** Tries to connect at once. */
  retry(): void;
  /** What the document and the connection are at, for whoever wants to see how it works. */
  inspect(): Inspection;
  /** Ends the socket and every timer. Pending edits stay in the journal. */
  close(): void;
}

/** A look inside. */
export interface Inspection {
  /** `awaiting`: one edit was sent and is not acknowledged; `unsent`: there are edits, and none was sent. */
  pending: 'synced' | 'unsent' | 'awaiting' | 'awaitingWithBuffer';
  connection: 'connecting' | 'greeting' | 'live' | 'waiting' | 'lost' | 'closed';
  rev: number;
  outstanding: { seq: number; op: Op } | null;
  buffer: Op | null;
}

export type TalkMessage = ClientMessage & { t: 'chat' | 'comment' };

/** What `RoomClient.talk` sends. */
export type TalkWord = ClientMessage & { t: TalkMessage['t'] | 'writing' };

/** An `error` is the answer to the message whose `id` it names. */
export type TalkEvent = ServerMessage & { t: 'welcome' | 'chat' | 'writing' | 'thread' | 'error' };

/** If it does not fit: `size` units would be inserted, and there is space for `rest`. */
export type Fit = { ok: true } | { ok: false; size: number; rest: number };

export interface RemoteChange {
  op: Op;
  /** Whose edit it was; `null` for a rebase on the server's text, and for what several have done. */
  author: number | null;
  /** What several have done, one after the other, where that is known; together it is `op`. */
  by?: readonly { op: Op; author: number }[];
  /** Of `editAt`: the editor can take it back as if it was typed here. */
  own?: true;
}

export interface RemoteCaret {
  author: number;
  name: string;
  color: number;
  ranges: readonly Range[];
}

/** Why carets were sent: somebody moved or typed (show the name), or only positions shifted or people left. */
export interface CaretCause {
  moved: readonly number[];
}

export interface RoomView {
  token: string;
  title: string;
  language: string;
  role: Role;
  /** The owner made the room read-only for everybody, whatever their role. Edits that wait stay, and go out when it opens. */
  locked: boolean;
  /** May the editor take input? True offline too; false for a view link, in a locked room and after access was lost. */
  canEdit: boolean;
  status: Status;
  /** The three steps of everything written here, without the delay that the words have. */
  dots: Dots;
  /**
   * Are unacknowledged edits kept on this device? `none`: only in this page's memory, so leaving it loses them; `failed`:
   * the same, because the browser refused or did not answer in time.
   */
  journal: 'none' | 'ok' | 'failed';
  /** Newest revision of the server's that this screen holds. */
  rev: number;
  /** UTF-16 units inserted plus deleted that have no acknowledgement. */
  unsaved: number;
  /** This screen's own author number; null until the first welcome. */
  you: number | null;
  me: { person: string; name: string; color: number };
  /** `me.name` is the one under which a proxy has signed this person in, so only the colour can be changed. */
  signedIn: boolean;
  /** Everybody else with a live socket, in the order of their arrival. Kept, marked by `online`, while we are offline. */
  people: readonly Person[];
  /** Authors with an edit in the last 2 s. */
  typing: ReadonlySet<number>;
  /** Is our socket open and welcomed? When not, we cannot know who is here. */
  online: boolean;
  limits: Limits;
  notice: Notice | null;
  /** Number of the newest chat message; 0: none. */
  chat: number;
  /** At least so many comments were open at the last welcome, or 1 if one has come since; 0: none. */
  threads: number;
}

export interface Dots {
  /** Kept on this device: in the journal, or in memory while `journal` is `none`. False while a journal fails. */
  device: boolean;
  /** The server answered a ping that was sent after the newest edit. */
  received: boolean;
  /** Acknowledged, so on the server's disk. */
  disk: boolean;
}

/** One row of LOOK.md's table of words each; counts are `RoomView.unsaved`. */
export type Status =
  | { kind: 'ready' }
  | { kind: 'saved' }
  | { kind: 'device' }
  | { kind: 'received' }
  | { kind: 'offline' }
  | { kind: 'reconnecting' }
  | { kind: 'catchingUp' }
  | { kind: 'cannotWrite' }
  | { kind: 'view' }
  | { kind: 'locked' }
  | { kind: 'full' }
  | { kind: 'lost'; code: number; reason: LostReason };

/** Why the socket will not come back by itself. */
export type LostReason =
  | 'revoked'
  /** The link's time is over. */
  | 'expired'
  /** The owner has removed this guest. */
  | 'removed'
  /** The link has a password, and `OpenRoom.password` is not it or was not given. */
  | 'password'
  /** A room may be made only by somebody who is signed in. */
  | 'signIn'
  | 'deleted'
  | 'missing'
  | 'updated'
  | 'refused';

/** Something said above the text, one at a time. */
export type Notice =
  | { kind: 'tooFast'; retryMs: number }
  | { kind: 'serverError' }
  | { kind: 'healed' }
  /** The room changed a lot; `copy` is the text as this screen had it. */
  | { kind: 'rebased'; copy: string };

/** What the page already knows, so that the first paint shows the text and the socket only resumes. */
export interface InitialRoom {
  text: string;
  rev: number;
  epoch: string;
  title: string;
  language: string;
  role: Role;
}

export interface OpenRoom {
  token: string;
  /** Of the link, as it was typed; told at each connect and kept nowhere. */
  password?: string;
  /** For a fresh room: the tokens that its first edit creates. */
  create?: { owner: string; view: string };
  initial?: InitialRoom;
  /**
   * What an earlier page of this browser has left of the room, made sure by `readKept`. This client goes on as that one,
   * so no other page may have it at the same time. Its text and edits come before `initial`, unless it has none to send.
   */
  kept?: KeptRoom;
  /**
   * For a room without a screen, that only sends what was kept: called, with nothing changed, when that would end in a
   * merge or with edits taken back, of which somebody has to be told and be given a copy. To be followed by `close`.
   */
  onNeedsPerson?(): void;
  me: { person: string; name: string; color: number };
  environment: Environment;
}

/** The outside world, as parameters. */
export interface Environment {
  connect(handlers: SocketHandlers): Socket;
  /** Milliseconds; monotonic is best. */
  now(): number;
  /** Runs `run` after `ms`. Returns how to cancel. */
  after(ms: number, run: () => void): () => void;
  /** What comes within so many ms is taken together, for a screen that draws no more often. Absent: all at once. */
  restMs?: number;
  /** Uniform in [0, 1). */
  random(): number;
  /** A fresh secret client id: 22 base62 characters. */
  clientId(): string;
  /** Calls back when the network may be back (`online`, page visible again) or surely gone (`offline`). Returns how to stop. */
  onNetwork(listener: (event: 'online' | 'offline' | 'visible') => void): () => void;
  /** Where edits are kept before they are sent. Without it they are in memory only. */
  journal?: Journal;
  /** Hears of errors that must not stop us: a listener that threw, a message that cannot be read. Default: thrown later, on their own. */
  report?(error: unknown): void;
}

export interface Socket {
  /** Once it is open: the server has chosen `COMPACT_SUBPROTOCOL`. Absent: no. */
  readonly isCompact?: boolean;
  send(frame: string): void;
  /** A binary frame, if it is compact. */
  sendBinary?(frame: Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
}

export interface SocketHandlers {
  open(): void;
  /** A text frame, or a binary one. */
  message(frame: string | Uint8Array): void;
  /** Exactly once, also when it never opened (code 1006). `reason`: the fault's stable word, or empty. */
  closed(code: number, reason: string): void;
}

import type { Comment, Thread } from '../../lib/protocol/index.ts';

/**
 * The storage's methods for what people say beside the text, and for versions with a name. What is said comes back unit for
 * unit; names of versions are labels. Reads of an unknown room find nothing; writes are refused, as are anchors and versions beyond the log.
 * `redactions`: of how many of the room whoever gives words of a text knows. If there was one since, the words are blocked out.
 */
export interface NoteStorage {
  /** Tells whether anything is new without reading it. Zeros for an unknown room. */
  noteHeads(room: string): Promise<NoteHeads>;
  /**
   * Keeps a message under the next number, and no more than the newest `keep` of the room. If there is one with this `id`, that is
   * the answer, and nothing is written. Whoever copies a room gives `n`, ascending.
   */
  addChat(room: string, message: NewChat, keep: number, redactions?: number): Promise<StoredChat>;
  /** Ascending by `n`: with `after` the first `limit` after it, otherwise the newest `limit` before `before` (or of all). */
  chat(room: string, page: ChatPage): Promise<StoredChat[]>;
  /** Ascending by id (as ASCII). */
  threads(room: string): Promise<StoredThread[]>;
  thread(room: string, id: string): Promise<StoredThread | null>;
  /** Does to a thread what `nextThread` says, and gives what it is then; null if there is none. The same act again changes nothing. */
  changeThread(room: string, id: string, act: ThreadAct, redactions?: number): Promise<StoredThread | null>;
  /** Where passages are now. One that is older than what is stored, or whose note is gone, is ignored; all are after a redaction. */
  saveAnchors(room: string, anchors: readonly SavedAnchor[], redactions?: number): Promise<void>;
  /** Ascending by revision. */
  versions(room: string): Promise<Version[]>;
  /** `taken`, and nothing written, if the revision has a name. */
  addVersion(room: string, version: Version): Promise<'made' | 'taken'>;
  /** False if there is no such version. */
  renameVersion(room: string, rev: number, name: string): Promise<boolean>;
  /** False if there was none. */
  deleteVersion(room: string, rev: number): Promise<boolean>;
}

export interface NoteHeads {
  /** Number of the newest chat message; 0 without any. */
  chat: number;
  /** Grows with everything that happens to a thread. */
  threads: number;
}

/** A passage as it was at revision `rev`. See the protocol's `Anchor`. */
export interface StoredAnchor {
  rev: number;
  from: number;
  to: number;
  text: string;
  gone: { author: number; name: string } | null;
}

/** A comment's or a message's anchor, by the id of its thread or of the message. */
export interface SavedAnchor {
  of: 'thread' | 'chat';
  id: string;
  anchor: StoredAnchor;
}

export interface NewChat {
  n?: number;
  id: string;
  author: number;
  name: string;
  color: number;
  /** Ms since 1970. */
  at: number;
  text: string;
  quote: StoredAnchor | null;
}

export interface StoredChat extends NewChat {
  n: number;
}

export interface ChatPage {
  after?: number;
  before?: number;
  limit: number;
}

export interface StoredThread extends Pick<Thread, 'id' | 'resolved' | 'comments'> {
  anchor: StoredAnchor;
}

export type ThreadAct =
  | { kind: 'open'; anchor: StoredAnchor; comment: Comment }
  | { kind: 'reply'; comment: Comment }
  | { kind: 'change'; id: string; text: string; at: number }
  | { kind: 'delete'; id: string }
  | { kind: 'resolve'; by: { author: number; name: string; at: number } }
  | { kind: 'reopen' };

/** A revision that somebody gave a name. */
export interface Version {
  rev: number;
  name: string;
  author: number;
  /** When it was named, ms since 1970. */
  at: number;
}

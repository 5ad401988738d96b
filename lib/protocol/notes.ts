/**
 * What people say beside the text: chat, and comments on passages. Offsets are UTF-16 units of the text at the revision
 * that the message, or the answer, around them names. Times are ms since 1970.
 */

/** A passage that is followed through all edits. What is typed at its edges stays outside of it. */
export interface Anchor {
  from: number;
  to: number;
  /** The passage as it stands (cut after `MAX_PASSAGE` units), or as it last stood before it was deleted. */
  text: string;
  /** Who deleted it: then `from` and `to` are equal. Both equal without it: an old quote, which is not followed any more. */
  gone: { author: number; name: string } | null;
}

/** Where a passage begins and ends, in the text at `rev`. */
export interface Passage {
  rev: number;
  from: number;
  to: number;
}

export interface ChatMessage {
  /** 1, 2, 3 … in the room. */
  n: number;
  /** Its sender's, 22 base62 characters. */
  id: string;
  author: number;
  /** As they were when it was said. */
  name: string;
  color: number;
  at: number;
  text: string;
  quote?: Anchor;
}

export interface Comment {
  id: string;
  author: number;
  /** As they were when it was said. */
  name: string;
  color: number;
  at: number;
  text: string;
  /** When its author changed it last. */
  changedAt?: number;
}

/** Comments on one passage, oldest first. */
export interface Thread {
  id: string;
  anchor: Anchor;
  resolved: { author: number; name: string; at: number } | null;
  comments: readonly Comment[];
  /** It is gone. */
  ended?: true;
}

/** What a `comment` message does to its thread. */
export type CommentAct =
  /** Begins it: `id` is the first comment's, `thread` a fresh one. */
  | ({ kind: 'open'; text: string } & Passage)
  | { kind: 'reply'; text: string }
  | { kind: 'resolve' }
  | { kind: 'reopen' }
  /** Takes comment `id` away; the first one ends the thread. */
  | { kind: 'delete' }
  /** Gives comment `id` another text. */
  | { kind: 'change'; text: string };

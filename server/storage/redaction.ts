import type { Op } from '../../lib/ot/index.ts';
import type { NoteHeads, SavedAnchor, StoredAnchor } from './notes.ts';

/** U+2588, a full block: what stands for a unit that was taken out of the history. */
export const BLOCK = '\u2588';

/** Units `from` up to `to` of a text. */
export interface UnitRange {
  from: number;
  to: number;
}

/**
 * What is to stand in a room's storage in place of letters that are taken out of its history. Lengths never change, so every
 * revision, position and number stays what it was.
 */
export interface Redaction {
  /** How many there were before this one, when it was planned. */
  redactions: number;
  /** What notes there were then, and the sum of the revisions at which their passages are: of anything new it may not know. */
  notes: NoteHeads & { anchorRevs: number };
  /** The newest revision then. No letter of it stands in the text there, nor in any that follows. */
  rev: number;
  /** What these entries do from now on. */
  entries: readonly { rev: number; op: Op }[];
  /** Entries between these two revisions, both included, have `instead` for their Yjs bytes, if they have any. The Y.Doc is saved at `to` or later. */
  bytes: { from: number; to: number; instead: Uint8Array } | null;
  /** What is blocked out of snapshots. Those before `rev` that do not stand here go. */
  snapshots: readonly { rev: number; ranges: readonly UnitRange[] }[];
  /** The words of passages. */
  anchors: readonly { of: SavedAnchor['of']; id: string; text: string }[];
  /** What was said, by the numbers of messages. */
  chat: readonly { n: number; text: string }[];
  /** What was commented, by thread and comment. */
  comments: readonly { thread: string; id: string; text: string }[];
}

/** The storage's methods for taking letters out of a history. */
export interface RedactionStorage {
  /** The revisions that have a snapshot, ascending. */
  snapshotRevs(room: string): Promise<number[]>;
  /**
   * Writes all of a redaction or nothing, and counts it. `conflict`, and nothing written, if there was another one since it was
   * planned, or anything new beside the text. When it resolves, the embedded engine's files have no byte of what stood there
   * before, with the exception that `deleteRoom` has. Refused: an unknown room, bytes that no saved Y.Doc stands for.
   */
  redact(room: string, redaction: Redaction): Promise<'redacted' | 'conflict'>;
}

/** The same text with everything in `ranges` (ascending) blocked out, but for line breaks: unit by unit, so a pair becomes two blocks. */
export function blockOut(text: string, ranges: readonly UnitRange[]): string {
  let done = '';
  let at = 0;
  for (const { from, to } of ranges) {
    if (to <= at) continue;
    const start = Math.max(at, from);
    done += text.slice(at, start) + text.slice(start, to).replace(/[^\n]/g, BLOCK);
    at = to;
  }
  return done + text.slice(at);
}

/** A passage whose words are of a text that was redacted since: nobody may read them. */
export function withoutWords(anchor: StoredAnchor): StoredAnchor {
  return { ...anchor, text: blockOut(anchor.text, [{ from: 0, to: anchor.text.length }]) };
}

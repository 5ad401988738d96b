import type { Op } from '../ot/index.ts';
import type { Role } from '../protocol/index.ts';

/**
 * Where a room keeps, on this device, what the server has not acknowledged (P5). One record for each client id. Nothing
 * here may throw; whoever implements it sees to it that no two pages write the record of one client.
 */
export interface Journal {
  /**
   * Replaces the record, and the base text too if there is one, both or neither. `done(true)` once both would survive a
   * killed process. Writes take effect in the order of the calls.
   */
  write(write: JournalWrite, done: (kept: boolean) => void): void;
  /** Removes the record, because it can no longer be kept up: sending from a stale one might write something twice. */
  remove(): void;
  /** Calls back when this may be the last chance to write: the page is being hidden, frozen or left. Returns how to stop. */
  onLeaving(listener: () => void): () => void;
  /** Nothing more will be written. The record stays, and the next page that opens the room may take it over. */
  close(): void;
}

export interface JournalWrite {
  record: SavedRoom;
  /** The text that `record.delta` applies to, if it is another than in the write before. */
  base: string | null;
  /**
   * An edit waits for this before it is sent, or the page may be ending: as fast as survives the death of a process. When
   * nobody waits, it may take the time to survive a power loss.
   */
  urgent: boolean;
}

/** All that one client needs to come back with its text and send its edits exactly once. Plain data. */
export interface SavedRoom {
  /** Version of this shape. */
  v: 1;
  client: string;
  token: string;
  /** For a room that its first edit creates: the tokens. */
  create: { owner: string; view: string } | null;
  title: string;
  language: string;
  /** Changes of title and language that the server has not repeated. */
  wanted: { title?: string; language?: string } | null;
  role: Role;
  epoch: string | null;
  rev: number;
  /** Newest number that was given to an edit. */
  seq: number;
  /** From the base text to the confirmed text at `rev`: so that a long text is not written again at each revision. */
  delta: Op;
  outstanding: { seq: number; op: Op; sent: { rev: number; op: Op } } | null;
  buffer: Op | null;
}

/** What was found on this device: a record and its base text. */
export interface KeptRoom {
  record: SavedRoom;
  base: string;
}

/** Has the record edits without an acknowledgement? */
export function hasPending(record: SavedRoom): boolean {
  return record.outstanding !== null || record.buffer !== null;
}

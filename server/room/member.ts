import type { Person, ProtocolFault } from '../../lib/protocol/index.ts';
import type { EntriesFrame } from './frame.ts';

/** One session in a room, as the room sees it. */
export interface Member {
  readonly person: Person;
  /** The name under which a proxy has signed it in. */
  readonly signedIn?: string | undefined;
  /** The newest revision that it was told. */
  readonly rev: number;
  /** The first message, which brings it to `rev`. */
  welcome(frame: Buffer, rev: number): void;
  /** The same in pieces that are one frame, so that a large text need not be copied for each. Absent: it wants them as one. */
  welcomeInPieces?(pieces: readonly Buffer[], rev: number): void;
  /**
   * Entries `first` … `last`. Withheld unless they follow on what it was told, or while it reads too slowly: then it asks
   * for them (`Room.bringUp`) as soon as it has drained.
   */
  sendEntries(frame: EntriesFrame, first: number, last: number): void;
  /** What needs no order with the entries. Goes out, or the member is ended. */
  send(frame: Buffer): void;
  /** What nobody misses, such as carets: left out while the member reads slowly. */
  sendLossy(frame: Buffer): void;
  /** Resolves when it can take more entries, or was ended. */
  roomForMore(): Promise<void>;
  /** Says `error`, closes, and calls `Room.leave` no more than once. */
  end(fault: ProtocolFault): void;
}

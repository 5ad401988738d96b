import type { Person, ProtocolFault } from '../../lib/protocol/index.ts';

/** One joined session, as its room sees it. */
export interface Member {
  readonly person: Person;
  /** Everything in order, or the member is ended. */
  send(frame: Buffer): void;
  /** Carets: may be left out while the member reads slowly. */
  sendLossy(frame: Buffer): void;
  /** Says `error`, closes, and calls `Room.leave` no more than once. */
  end(fault: ProtocolFault): void;
}

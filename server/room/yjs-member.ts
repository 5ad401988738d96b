import type { Member } from './member.ts';

/** A Yjs client in a room. It is a member like any other once it has an author; what members are told it ignores. */
export interface YjsMember extends Member {
  /** A frame of the Yjs wire, in order. Goes out, or the member is ended. */
  sendYjs(frame: Uint8Array): void;
  /** What comes again, such as carets: left out while the member reads slowly. */
  sendYjsLossy(frame: Uint8Array): void;
}

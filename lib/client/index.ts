export { openRoom } from './open-room.ts';
export type * from './types.ts';
export { hasPending, type Journal, type JournalWrite, type KeptRoom, type SavedRoom } from './journal.ts';
export { lastKnown, readKept } from './read-kept.ts';
export { ClientFault, type ClientFaultCode } from './fault.ts';
export { guestName } from './guest-name.ts';
export { toLabel } from './label.ts';
export { TalkQueue, type Stamp, type Unanswered } from './talk-queue.ts';
export { readableFrame } from './readable-frame.ts';
export { shardOf } from './shard.ts';
// What an editor binding needs to make and read ops, since screens import this room only.
export {
  baseSpan,
  cleanText,
  diff,
  identity,
  isClean,
  isIdentity,
  lengthChange,
  mapPosition,
  OpBuilder,
  replacement,
  type Op,
} from '../ot/index.ts';
export {
  cleanNote,
  COLORS,
  isNameToken,
  isRandomToken,
  MAX_NAME,
  MAX_NOTE,
  MAX_TITLE,
  COMPACT_SUBPROTOCOL,
  SUBPROTOCOL,
} from '../protocol/index.ts';
export type {
  Anchor,
  ChatMessage,
  Comment,
  CommentAct,
  Limits,
  Person,
  Range,
  Role,
  Thread,
} from '../protocol/index.ts';

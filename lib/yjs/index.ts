export { YjsFault, type YjsFaultCode } from './fault.ts';
export { SharedText, type Taken } from './shared-text.ts';
export type { RelativePositionJson } from './position.ts';
export { emptyUpdate, isEmptyUpdate, mergeUpdates } from './update.ts';
export { decodeFrame, type Frame } from './decode-frame.ts';
export * as frames from './frames.ts';
export type { AwarenessBounds, AwarenessState } from './awareness.ts';
export { readCursor, readUser, syntheticState, withName, type SyntheticUser } from './presence-fields.ts';

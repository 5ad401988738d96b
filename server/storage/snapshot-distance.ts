/**
 * Two neighbouring snapshots are thinned out to at least this many revisions apart: reading an old revision replays at
 * most about so many, and a long document that pauses often does not fill the disk with copies of itself.
 */
export const SNAPSHOT_DISTANCE = 500;

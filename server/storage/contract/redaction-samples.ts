import type { Redaction } from '../redaction.ts';

/** One of a room of which nothing is known: it takes nothing away. */
export function someRedaction(change: Partial<Redaction> = {}): Redaction {
  return {
    redactions: 0,
    notes: { chat: 0, threads: 0, anchorRevs: 0 },
    rev: 0,
    entries: [],
    bytes: null,
    snapshots: [],
    anchors: [],
    chat: [],
    comments: [],
    ...change,
  };
}

import { ChunkedOp, compose, invert, type Op, type TextLike } from '../ot/index.ts';
import { splitOp, type OpBounds } from './split-op.ts';

/** The edit that was sent and not yet acknowledged. Frozen: later edits are never composed into it. */
export interface Outstanding {
  seq: number;
  /** Rewritten to the revision that the document is at. */
  op: ChunkedOp;
  /** As it was first sent. A resend of an edit that others have made empty meanwhile goes out in this form. */
  sent: { rev: number; op: Op };
}

/**
 * Local edits without an acknowledgement. Offline is no state of its own: the same data, and nothing is sent.
 * `buffer` applies to the text after `outstanding`, and is never identity.
 */
export type Pending =
  | { kind: 'synced' }
  /** Edits that nothing was sent of: offline, or the sender is waiting. */
  | { kind: 'unsent'; buffer: ChunkedOp }
  | { kind: 'awaiting'; outstanding: Outstanding }
  | { kind: 'awaitingWithBuffer'; outstanding: Outstanding; buffer: ChunkedOp };

/** What a client knows of its document, without the texts. Every function here returns a new one. */
export interface DocumentState {
  /** Newest revision of the log that is held. */
  rev: number;
  /** Which log that is; null before it is known. */
  epoch: string | null;
  /** Own author number; null before the first welcome. */
  you: number | null;
  /** Newest `seq` that was given to an edit. */
  seq: number;
  pending: Pending;
  /** The server's word that this `seq` is settled, once the revision has been reached. */
  settled: { seq: number; rev: number } | null;
}

export interface Entry {
  rev: number;
  author: number;
  seq: number;
  op: Op;
}

export interface Step {
  state: DocumentState;
  /** What the editor has to apply; identity if nothing. */
  change: Op;
  /** The outstanding edit became acknowledged by this step. */
  acknowledged: boolean;
  /** False: log and document contradict each other, and only the server's whole text can mend it. */
  consistent: boolean;
}

export const SYNCED: Pending = { kind: 'synced' };

export function outstandingOf(pending: Pending): Outstanding | null {
  switch (pending.kind) {
    case 'synced':
    case 'unsent':
      return null;
    case 'awaiting':
    case 'awaitingWithBuffer':
      return pending.outstanding;
  }
}

export function bufferOf(pending: Pending): ChunkedOp | null {
  switch (pending.kind) {
    case 'synced':
    case 'awaiting':
      return null;
    case 'unsent':
    case 'awaitingWithBuffer':
      return pending.buffer;
  }
}

/** Puts the parts back together; an empty buffer is left out. */
export function pendingOf(outstanding: Outstanding | null, buffer: ChunkedOp | null): Pending {
  const rest = buffer?.isIdentity ? null : buffer;
  if (outstanding)
    return rest ? { kind: 'awaitingWithBuffer', outstanding, buffer: rest } : { kind: 'awaiting', outstanding };
  return rest ? { kind: 'unsent', buffer: rest } : SYNCED;
}

/** Units inserted plus deleted that have no acknowledgement. */
export function unsavedOf(pending: Pending): number {
  const outstanding = outstandingOf(pending);
  const buffer = bufferOf(pending);
  return (outstanding?.op.weight ?? 0) + (buffer?.weight ?? 0);
}

/** An edit on this screen, made on the text as it is shown. */
export function edited(state: DocumentState, op: Op): DocumentState {
  const buffer = bufferOf(state.pending);
  const rest = buffer ? buffer.compose(op) : ChunkedOp.of(op);
  return { ...state, pending: pendingOf(outstandingOf(state.pending), rest) };
}

/**
 * Freezes the next edit to send: all of the buffer, or as much of it as one message holds. Null if there is nothing to
 * send, or something is outstanding already.
 */
export function nextToSend(
  state: DocumentState,
  bounds: OpBounds,
): { state: DocumentState; outstanding: Outstanding } | null {
  if (state.pending.kind !== 'unsent') return null;
  const { first, rest } = splitOp(state.pending.buffer.toOp(), bounds);
  const seq = state.seq + 1;
  const outstanding = { seq, op: ChunkedOp.of(first), sent: { rev: state.rev, op: first } };
  return { state: { ...state, seq, pending: pendingOf(outstanding, rest && ChunkedOp.of(rest)) }, outstanding };
}

/**
 * The outstanding edit as it goes out once more: moved to the newest revision, since the log may no longer reach back
 * to where it was made; as it first was if nothing is left of it, for the server takes no empty ops.
 */
export function resendOf({ seq, op, sent }: Outstanding, rev: number): { seq: number; rev: number; op: Op } {
  return op.isIdentity ? { seq, ...sent } : { seq, rev, op: op.toOp() };
}

/**
 * The next entry of the log (`entry.rev` must be `state.rev + 1`). `base` is the text at `state.rev`.
 *
 * The entry is left, what is pending is right (left wins ties):
 *
 *        base ── outstanding ──▶ · ── buffer ──▶ shown
 *         │                      │                 │
 *       entry                 entry'            entry'' = what the editor applies
 *         ▼                      ▼                 ▼
 *        base' ─ outstanding' ─▶ · ── buffer' ─▶ shown'
 */
export function logged(state: DocumentState, entry: Entry, base: TextLike): Step {
  const outstanding = outstandingOf(state.pending);
  const buffer = bufferOf(state.pending);
  const { rev } = entry;

  if (outstanding && isOwn(state, outstanding, entry)) {
    const op = outstanding.op.toOp();
    if (sameOp(entry.op, op)) return ownEntry({ ...state, rev }, buffer);
    // The log is right: what it has less or more is a change like another's.
    const correction = compose(invert(op, base), entry.op);
    const rest = alongside(buffer, correction);
    return ownEntry({ ...state, rev }, rest.op, rest.change);
  }

  if (!outstanding) {
    const { op, change } = alongside(buffer, entry.op);
    // An edit of the page before, which was still on its way when this one was welcomed: the next one counts on from it.
    const seq = entry.author === state.you ? Math.max(state.seq, entry.seq) : state.seq;
    return settle(movedOn(state, rev, seq, pendingOf(null, op)), change);
  }
  const first = alongside(outstanding.op, entry.op);
  const second = alongside(buffer, first.change);
  const { seq, op, sent } = outstanding;
  const moved = { seq, op: first.op ?? op, sent };
  return settle(movedOn(state, rev, state.seq, pendingOf(moved, second.op)), second.change);
}

/**
 * Will `entry` settle the outstanding edit with other words than it was sent with? Only possible if a page went on from
 * a record that was older than what was sent (a journal that failed, a power loss): two edits then had one number.
 */
export function isContradicted(state: DocumentState, entry: Entry): boolean {
  const outstanding = outstandingOf(state.pending);
  return outstanding !== null && isOwn(state, outstanding, entry) && !sameOp(entry.op, outstanding.op.toOp());
}

/**
 * The server's `ack`: `seq` was settled at `rev`, without an entry to come. Takes effect when that revision is held.
 */
export function acknowledged(state: DocumentState, seq: number, rev: number): Step {
  const outstanding = outstandingOf(state.pending);
  // An answer to a resend whose entry has come meanwhile.
  if (!outstanding || seq < outstanding.seq) return nothing(state);
  return settle({ ...state, settled: { seq, rev } }, []);
}

/**
 * A `welcome` without text: the revisions after ours follow. `last` tells whether the outstanding edit has arrived: its
 * entry then follows, or it had become identity, and so has ours when we get to that revision.
 */
export function resumed(
  state: DocumentState,
  welcome: { epoch: string; you: number; last: { seq: number; rev: number } | null },
): Step {
  const { epoch, you, last } = welcome;
  const settledSeq = last?.seq ?? 0;
  const outstanding = outstandingOf(state.pending);
  if (outstanding && outstanding.seq <= settledSeq) {
    // More may be settled than an old record of this client knows of; the next edit counts on from there.
    return settle({ ...state, epoch, you, seq: Math.max(state.seq, settledSeq), settled: last }, []);
  }
  // The server counts on from what it has settled; a `seq` that jumps would be refused.
  const seq = outstanding ? settledSeq + 1 : settledSeq;
  const pending = outstanding ? pendingOf({ ...outstanding, seq }, bufferOf(state.pending)) : state.pending;
  return nothing({ ...state, epoch, you, seq, pending, settled: last });
}

/** Both sides of one diamond: `op` (right) after `other` (left), and `other` after `op`. */
export function alongside(op: ChunkedOp | null, other: Op): { op: ChunkedOp | null; change: Op } {
  return op?.alongside(other) ?? { op, change: other };
}

/** Written out, since to spread a state takes as long as all the rest of an entry; and there may be 100,000 to take. */
function movedOn({ epoch, you, settled }: DocumentState, rev: number, seq: number, pending: Pending): DocumentState {
  return { rev, epoch, you, seq, pending, settled };
}

/** Drops the outstanding edit once its settlement without an entry is certain. */
function settle(state: DocumentState, change: Op): Step {
  const outstanding = outstandingOf(state.pending);
  const { settled } = state;
  if (!outstanding || !settled || outstanding.seq > settled.seq || state.rev < settled.rev) {
    return nothing(state, change);
  }
  // Its entry has not come, so it must have become identity, here as there: the transform is the same.
  if (!outstanding.op.isIdentity) return { ...nothing(state, change), consistent: false };
  return ownEntry(state, bufferOf(state.pending), change);
}

function ownEntry(state: DocumentState, buffer: ChunkedOp | null, change: Op = []): Step {
  return { ...nothing({ ...state, pending: pendingOf(null, buffer) }, change), acknowledged: true };
}

function nothing(state: DocumentState, change: Op = []): Step {
  return { state, change, acknowledged: false, consistent: true };
}

function isOwn(state: DocumentState, outstanding: Outstanding, entry: Entry): boolean {
  return entry.author === state.you && entry.seq === outstanding.seq;
}

function sameOp(a: Op, b: Op): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}

import { apply, diff, isIdentity, type Op } from '../ot/index.ts';
import { alongside, bufferOf, outstandingOf, pendingOf, type DocumentState } from './document.ts';

/** The server's whole text, and what it knows of us. */
export interface WholeText {
  epoch: string;
  rev: number;
  you: number;
  last: { seq: number; rev: number } | null;
  text: string;
}

export interface Rebased {
  state: DocumentState;
  /** What the editor has to apply; identity if nothing. */
  change: Op;
  /** The text of the server's was not what we would have expected from what it had acknowledged. */
  moved: boolean;
}

/**
 * Moves the pending edits onto a text that no entries lead to (too far behind, another log, a healed mismatch): the
 * difference of the texts stands in for the entries. That guesses at intentions, which is why it is the last resort.
 *
 * If `last` says that the outstanding edit is settled, the text has it inside, and the difference is taken from the
 * text after it. Otherwise it stays outstanding with its `seq` (the server settles all that it still has of us before
 * it sends a text), except in another log, where numbers start again behind what that log knows of us.
 */
export function rebase(state: DocumentState, base: string, whole: WholeText): Rebased {
  const { epoch, rev, you, last, text } = whole;
  const settledSeq = last?.seq ?? 0;
  const outstanding = outstandingOf(state.pending);
  const buffer = bufferOf(state.pending);
  const common = { rev, epoch, you, settled: last };

  if (!outstanding || outstanding.seq <= settledSeq) {
    const before = outstanding ? apply(base, outstanding.op.toOp()) : base;
    const difference = diff(before, text);
    const { op, change } = alongside(buffer, difference);
    const pending = pendingOf(null, op);
    return { state: { ...common, seq: settledSeq, pending }, change, moved: !isIdentity(difference) };
  }

  const difference = diff(base, text);
  const first = alongside(outstanding.op, difference);
  const second = alongside(buffer, first.change);
  const moved = first.op ?? outstanding.op;
  const result = { change: second.change, moved: !isIdentity(difference) };
  // Nothing of it is left, or nothing of it was ever seen by this log: the number is free.
  if (moved.isIdentity || epoch !== state.epoch) {
    const pending = pendingOf(null, second.op ? moved.compose(second.op.toOp()) : moved);
    return { state: { ...common, seq: settledSeq, pending }, ...result };
  }
  const seq = settledSeq + 1;
  const pending = pendingOf({ seq, op: moved, sent: { rev, op: moved.toOp() } }, second.op);
  return { state: { ...common, seq, pending }, ...result };
}

import { fitOp, isIdentity, lengthChange, transform, type Op, type TextLike } from '../../lib/ot/index.ts';
import { CloseCode, ProtocolFault } from '../../lib/protocol/index.ts';
import type { Batch, Entry } from '../storage/storage.ts';

/**
 * One edit that waits to be ordered. `done` is called exactly once, unless the room is given up (then the sender
 * reconnects and sends it again).
 */
export interface Submission {
  author: number;
  /** `next`: the server itself is the client (REST), and numbers its edits when they are ordered. */
  seq: number | 'next';
  /** The revision that `op` was made at. */
  rev: number;
  op: Op;
  done(outcome: Outcome): void;
}

export type Outcome =
  /** It is entry `rev`. */
  | { kind: 'logged'; seq: number; rev: number }
  /** It was settled before, or nothing was left of it: there is no new entry. */
  | { kind: 'settled'; seq: number; rev: number }
  | { kind: 'refused'; fault: ProtocolFault };

/** What is settled of an author: the newest `seq`, and where. */
export interface Settled {
  seq: number;
  rev: number;
}

/** The committed state that a batch is planned on. */
export interface Committed {
  rev: number;
  text: TextLike;
  settledOf(author: number): Settled | null;
  /** The ops of revisions `rev + 1` … newest, oldest first. */
  since(rev: number): readonly Op[];
}

export interface Plan {
  batch: Batch;
  outcomes: readonly { submission: Submission; outcome: Outcome }[];
}

/**
 * Orders a batch of edits behind the committed revisions: who is a duplicate, who is refused, and which entry each of
 * the others becomes. Pure: nothing is applied, so a plan whose append fails is simply made again.
 *
 * Each op is first brought to the committed revision and checked against its text there; after that it is moved over
 * the batch's earlier entries, which cannot make a fitting op unfit.
 */
export function plan(submissions: readonly Submission[], on: Committed, most: number, now: number): Plan {
  const entries: Entry[] = [];
  const settled: { author: number; seq: number; rev: number }[] = [];
  const outcomes: { submission: Submission; outcome: Outcome }[] = [];
  const planned = new Map<number, Settled>();
  let length = on.text.length;

  for (const submission of submissions) {
    const { author } = submission;
    const outcome = place(submission, planned.get(author) ?? on.settledOf(author));
    outcomes.push({ submission, outcome });
    if (outcome.kind === 'logged') planned.set(author, { seq: outcome.seq, rev: outcome.rev });
  }
  return { batch: { entries, settled: settled.filter(isNewest) }, outcomes };

  function place(submission: Submission, last: Settled | null): Outcome {
    const due = (last?.seq ?? 0) + 1;
    const seq = submission.seq === 'next' ? due : submission.seq;
    if (last && seq <= last.seq) return { kind: 'settled', seq, rev: last.rev };
    if (seq !== due) return refuse('bad-seq', `Edit ${seq} came where edit ${due} was due.`);
    if (submission.rev > on.rev) {
      return refuse('bad-rev', `Revision ${submission.rev} does not exist yet; the newest is ${on.rev}.`);
    }
    let op = submission.op;
    for (const logged of on.since(submission.rev)) op = transform(op, logged, 'right');
    const fault = fitOp(op, on.text);
    if (fault) return refuse('bad-op', fault.message);
    for (const entry of entries) op = transform(op, entry.op, 'right');
    if (isIdentity(op)) {
      const rev = on.rev + entries.length;
      settled.push({ author: submission.author, seq, rev });
      planned.set(submission.author, { seq, rev });
      return { kind: 'settled', seq, rev };
    }
    if (length + lengthChange(op) > most && lengthChange(op) > 0) {
      return {
        kind: 'refused',
        fault: new ProtocolFault('document-full', CloseCode.TOO_LARGE, `A room holds at most ${most} UTF-16 units.`),
      };
    }
    length += lengthChange(op);
    const rev = on.rev + entries.length + 1;
    entries.push({ rev, author: submission.author, seq, at: now, op });
    return { kind: 'logged', seq, rev };
  }

  // One author may have an identity and then an entry in one batch; the entry's seq settles both.
  function isNewest(one: { author: number; seq: number }): boolean {
    return planned.get(one.author)?.seq === one.seq;
  }
}

function refuse(code: 'bad-seq' | 'bad-rev' | 'bad-op', message: string): Outcome {
  return { kind: 'refused', fault: new ProtocolFault(code, CloseCode.BAD_MESSAGE, message) };
}

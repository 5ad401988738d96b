import {
  fitOp,
  isIdentity,
  lengthChange,
  transform,
  transformOver,
  type Op,
  type TextLike,
} from '../../lib/ot/index.ts';
import { CloseCode, ProtocolFault } from '../../lib/protocol/index.ts';
import type { Batch, Entry } from '../storage/storage.ts';

/**
 * One edit that waits to be ordered. `done` is called exactly once, unless the room is given up (then the sender
 * reconnects and sends it again).
 */
export type Submission = OpSubmission | UpdateSubmission;

interface Submitted {
  author: number;
  done(outcome: Outcome): void;
}

export interface OpSubmission extends Submitted {
  kind: 'op';
  /** `next`: the server itself is the client (REST), and numbers its edits when they are ordered. */
  seq: number | 'next';
  /** The revision that `op` was made at. */
  rev: number;
  op: Op;
}

/** What a Yjs client did, as an update (format v1) of the room's Y.Doc. It knows no revision, and may come again. */
export interface UpdateSubmission extends Submitted {
  kind: 'update';
  update: Uint8Array;
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
  /** The room's Y.Doc, if Yjs clients are here: it is edited along with the plan, and so ahead of the log until that is durable. */
  stage: Stage | null;
}

/** An update has left the stage in a state that nobody may see: both are to be thrown away. */
export class StageSpoilt extends Error {
  override readonly name = 'StageSpoilt';
  readonly fault: ProtocolFault;
  /** Whose update it was; the plan tells. */
  submission: Submission | null = null;

  constructor(fault: ProtocolFault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** A Y.Doc that stands where the plan does. */
export interface Stage {
  /** The root that the log does not name yet; null once it does. */
  readonly unrecordedRoot: string | null;
  /** Brings the Y.Doc to the committed text, and gives the bytes of that; null if nothing is owed. */
  settle(): { author: number; update: Uint8Array } | null;
  /** Makes an edit, at the plan's newest revision, in the Y.Doc too. Gives its bytes. */
  edit(op: Op): Uint8Array;
  /**
   * Takes an update: what it does to the text, and its bytes. Null if all of it is there already. At most `space` units may
   * be inserted. Throws a `ProtocolFault` for one that is refused, and `StageSpoilt` if the Y.Doc was harmed by it.
   */
  take(update: Uint8Array, space: number): { op: Op; update: Uint8Array } | null;
}

export interface Plan {
  batch: Batch;
  outcomes: readonly { submission: Submission; outcome: Outcome }[];
}

/**
 * Orders a batch of edits behind the committed revisions: who is a duplicate, who is refused, and which entry each of
 * the others becomes. Nothing is applied but to the stage, so a plan whose append fails is simply made
 * again, on a stage loaded anew.
 *
 * Each op is first brought to the committed revision and checked against its text there; after that it is moved over
 * the batch's earlier entries, which cannot make a fitting op unfit. An update of a Yjs client is always made on the newest
 * text, because the Y.Doc merges it.
 */
export function plan(submissions: readonly Submission[], on: Committed, most: number, now: number): Plan {
  const entries: Entry[] = [];
  const settled: { author: number; seq: number; rev: number }[] = [];
  const outcomes: { submission: Submission; outcome: Outcome }[] = [];
  const planned = new Map<number, Settled>();
  const { stage } = on;
  let length = on.text.length;

  const owed = stage?.settle() ?? null;
  if (owed) log(owed.author, (settledOf(owed.author)?.seq ?? 0) + 1, [], owed.update);
  for (const submission of submissions) {
    const last = settledOf(submission.author);
    outcomes.push({ submission, outcome: submission.kind === 'op' ? place(submission, last) : take(submission, last) });
  }
  const root = entries.length > 0 ? stage?.unrecordedRoot : null;
  return {
    batch: { entries, settled: settled.filter(isNewest), ...(root && { lineage: { root } }) },
    outcomes,
  };

  function settledOf(author: number): Settled | null {
    return planned.get(author) ?? on.settledOf(author);
  }

  function log(author: number, seq: number, op: Op, yjs: Uint8Array | undefined): Outcome {
    const rev = on.rev + entries.length + 1;
    entries.push({ rev, author, seq, at: now, op, ...(yjs && { yjs }) });
    planned.set(author, { seq, rev });
    length += lengthChange(op);
    return { kind: 'logged', seq, rev };
  }

  function take(submission: UpdateSubmission, last: Settled | null): Outcome {
    if (!stage) return { kind: 'refused', fault: noStage() };
    const { author } = submission;
    try {
      const taken = stage.take(submission.update, Math.max(0, most - length));
      if (taken) return log(author, (last?.seq ?? 0) + 1, taken.op, taken.update);
      return { kind: 'settled', seq: last?.seq ?? 0, rev: on.rev + entries.length };
    } catch (error) {
      if (error instanceof ProtocolFault) return { kind: 'refused', fault: error };
      if (error instanceof StageSpoilt) error.submission = submission;
      throw error;
    }
  }

  function place(submission: OpSubmission, last: Settled | null): Outcome {
    const due = (last?.seq ?? 0) + 1;
    const seq = submission.seq === 'next' ? due : submission.seq;
    if (last && seq <= last.seq) return { kind: 'settled', seq, rev: last.rev };
    if (seq !== due) return refuse('bad-seq', `Edit ${seq} came where edit ${due} was due.`);
    if (submission.rev > on.rev) {
      return refuse('bad-rev', `Revision ${submission.rev} does not exist yet; the newest is ${on.rev}.`);
    }
    let op = transformOver(submission.op, on.since(submission.rev));
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
    return log(submission.author, seq, op, stage?.edit(op));
  }

  // One author may have an identity and then an entry in one batch; the entry's seq settles both.
  function isNewest(one: { author: number; seq: number }): boolean {
    return planned.get(one.author)?.seq === one.seq;
  }
}

/** The Y.Doc went away while the update waited; whoever sent it synchronises anew. */
function noStage(): ProtocolFault {
  return new ProtocolFault('out-of-step', CloseCode.TRY_AGAIN, 'The Yjs side of this room is being opened again.');
}

function refuse(code: 'bad-seq' | 'bad-rev' | 'bad-op', message: string): Outcome {
  return { kind: 'refused', fault: new ProtocolFault(code, CloseCode.BAD_MESSAGE, message) };
}

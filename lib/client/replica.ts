import { apply, ChunkedOp, fitOp, invert, isIdentity, lengthChange, Text, transform, type Op } from '../ot/index.ts';
import {
  acknowledged,
  bufferOf,
  edited,
  isContradicted,
  logged,
  nextToSend,
  outstandingOf,
  pendingOf,
  resumed,
  SYNCED,
  unsavedOf,
  type DocumentState,
  type Entry,
  type Outstanding,
  type Step,
} from './document.ts';
import { ClientFault } from './fault.ts';
import { Hashing } from './hashing.ts';
import { RecentOps } from './recent-ops.ts';
import { rebase, type Rebased, type WholeText } from './rebase.ts';
import type { KeptRoom, SavedRoom } from './journal.ts';
import type { OpBounds } from './split-op.ts';
import type { Fit } from './types.ts';

/** A document that is not to be trusted any more; only the server's whole text mends it. */
export class Inconsistent extends Error {
  override readonly name = 'Inconsistent';
}

/**
 * The document's state together with its two texts: what the server has confirmed, and what this screen shows.
 * Always: shown = confirmed ∘ outstanding ∘ buffer.
 */
export class Replica {
  #state: DocumentState;
  #confirmed: Text;
  readonly #shown: Text;
  readonly #recent = new RecentOps();

  private constructor(state: DocumentState, confirmed: string) {
    this.#state = state;
    this.#confirmed = Text.of(confirmed);
    this.#shown = Text.of(confirmed);
    for (const op of [this.outstanding?.op, bufferOf(state.pending)]) if (op) this.#shown.apply(op.toOp());
  }

  /** `seq`: the newest number that this client has given to an edit. */
  static of(initial: { text: string; rev: number; epoch: string } | null, seq = 0): Replica {
    const { text, rev, epoch } = initial ?? { text: '', rev: 0, epoch: null };
    return new Replica({ rev, epoch, you: null, seq, pending: SYNCED, settled: null }, text);
  }

  /** As an earlier page left it. */
  static restore({ record, base }: KeptRoom): Replica {
    const { rev, epoch, seq, outstanding, buffer, delta } = record;
    const sent = outstanding && { ...outstanding, op: ChunkedOp.of(outstanding.op) };
    const pending = pendingOf(sent, buffer && ChunkedOp.of(buffer));
    return new Replica({ rev, epoch, you: null, seq, pending, settled: null }, apply(base, delta));
  }

  get state(): DocumentState {
    return this.#state;
  }

  get outstanding(): Outstanding | null {
    return outstandingOf(this.#state.pending);
  }

  get hasUnsent(): boolean {
    return bufferOf(this.#state.pending) !== null;
  }

  get unsaved(): number {
    return unsavedOf(this.#state.pending);
  }

  /** What is pending, as it has to be kept. */
  get pending(): Pick<SavedRoom, 'outstanding' | 'buffer'> {
    const { outstanding } = this;
    return {
      outstanding: outstanding && { ...outstanding, op: outstanding.op.toOp() },
      buffer: bufferOf(this.#state.pending)?.toOp() ?? null,
    };
  }

  confirmedText(): string {
    return this.#confirmed.toString();
  }

  /** Length of the shown text in UTF-16 units. */
  get length(): number {
    return this.#shown.length;
  }

  /** Length of the confirmed text in UTF-16 units. */
  get confirmedLength(): number {
    return this.#confirmed.length;
  }

  /** Would the shown text be at most `most` units long after `op`, or at least no longer than now? */
  fits(op: Op, most: number): Fit {
    const change = lengthChange(op);
    if (change <= 0 || this.length + change <= most) return { ok: true };
    let size = 0;
    for (const part of op) if (typeof part === 'string') size += part.length;
    return { ok: false, size, rest: Math.max(0, most - this.length + size - change) };
  }

  text(): string {
    return this.#shown.toString();
  }

  /** For the hash of the confirmed text. It ends with the next message that changes that. */
  hashing(): Hashing {
    return new Hashing(this.#confirmed.chunks());
  }

  /** A local edit. Throws `ClientFault` if it does not fit the shown text: the editor has drifted from it. */
  edit(op: Op): void {
    const fault = fitOp(op, this.#shown);
    if (fault) throw new ClientFault('edit-does-not-fit', `${fault.message} The text has ${this.length} units.`);
    this.#shown.apply(op);
    this.#state = edited(this.#state, op);
  }

  /**
   * An op made on the server's text at `rev`, as an edit of the shown text that was made after all that is pending. Null if
   * what came since is not remembered, or `rev` has not come here yet.
   */
  brought(op: Op, rev: number): Op | null {
    const now = this.#recent.bring(op, this.#state.rev - rev);
    const { outstanding, buffer } = this.pending;
    return now && [outstanding?.op ?? [], buffer ?? []].reduce((moved, own) => transform(moved, own, 'right'), now);
  }

  /** What `takeNext` would freeze. */
  peekNext(bounds: OpBounds): Op | null {
    return nextToSend(this.#state, bounds)?.outstanding.sent.op ?? null;
  }

  /** Freezes the next edit to send, or null. */
  takeNext(bounds: OpBounds): Outstanding | null {
    const next = nextToSend(this.#state, bounds);
    if (!next) return null;
    this.#state = next.state;
    return next.outstanding;
  }

  /**
   * The next entry of the log. Throws `Inconsistent`, with nothing changed, if it does not fit.
   * Positions in the confirmed text can be brought to the shown one by `toShown` afterwards. `takenBack` is the text as
   * it was shown, if words of this screen are not in the log after all; else null.
   */
  log(entry: Entry): Step & { takenBack: string | null } {
    const fault = fitOp(entry.op, this.#confirmed);
    if (fault) throw new Inconsistent(`Revision ${entry.rev} does not fit: ${fault.message}`);
    const takenBack = isContradicted(this.#state, entry) ? this.text() : null;
    const step = logged(this.#state, entry, this.#confirmed);
    this.#confirmed.apply(entry.op);
    this.#recent.push(entry.op);
    const { state, change, acknowledged, consistent } = this.#take(step);
    return { state, change, acknowledged, consistent, takenBack };
  }

  acknowledge(seq: number, rev: number): Step {
    return this.#take(acknowledged(this.#state, seq, rev));
  }

  resume(welcome: { epoch: string; you: number; last: { seq: number; rev: number } | null }): Step {
    return this.#take(resumed(this.#state, welcome));
  }

  /** Takes back what was never sent. Returns what the editor has to apply. */
  dropUnsent(): Op {
    const buffer = bufferOf(this.#state.pending)?.toOp();
    if (!buffer) return [];
    const { outstanding } = this;
    const before = Text.of(this.confirmedText());
    if (outstanding) before.apply(outstanding.op.toOp());
    return this.#take({
      state: { ...this.#state, pending: pendingOf(outstanding, null) },
      change: invert(buffer, before),
      acknowledged: false,
      consistent: true,
    }).change;
  }

  /** Starts again from the server's text and keeps what is pending. */
  rebase(whole: WholeText): Rebased {
    const result = rebase(this.#state, this.#confirmed.toString(), whole);
    this.#shown.apply(result.change);
    this.#confirmed = Text.of(whole.text);
    this.#recent.clear();
    this.#state = result.state;
    return result;
  }

  /** Moves a position of the confirmed text through everything pending. `bias` as in `mapPosition`. */
  toShown(position: number, bias: 'before' | 'after'): number {
    const after = this.outstanding?.op.mapPosition(position, bias) ?? position;
    return bufferOf(this.#state.pending)?.mapPosition(after, bias) ?? after;
  }

  #take(step: Step): Step {
    if (!isIdentity(step.change)) this.#shown.apply(step.change);
    this.#state = step.state;
    return step;
  }
}

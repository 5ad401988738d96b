import { compose, diff, type Op, type TextLike } from '../../lib/ot/index.ts';
import { CloseCode, ProtocolFault } from '../../lib/protocol/index.ts';
import { SharedText, YjsFault } from '../../lib/yjs/index.ts';
import { StorageUnavailable, type Storage } from '../storage/storage.ts';
import { StageSpoilt, type Stage } from './plan.ts';

export interface LineageDeps {
  storage: Storage;
  /** The id of the room. */
  room: string;
  /** Entries in one read of the log. */
  page: number;
  /** Between 0 and 1: the Y.Doc's own client id is made of it. */
  random: () => number;
}

/** Another node has saved the Y.Doc at a revision that this one has not taken from the log yet. */
export class LineageAhead extends Error {
  override readonly name = 'LineageAhead';
}

/** Committed ops that the Y.Doc lacks, composed; `all`: more than are worth keeping, so that texts are compared. */
type Owed = { kind: 'op'; op: Op; count: number } | { kind: 'all' };

type State =
  /** To be loaded before it is used. */
  { kind: 'absent' } | { kind: 'loaded'; shared: SharedText; owed: Owed | null; recorded: boolean; ahead: boolean };

/** Composing more owed ops than this costs more than comparing the texts. */
const MOST_OWED = 1_000;

/**
 * A room's one Y.Doc (P12), kept in step with the log. While a plan is made and appended it is ahead of the log; then nobody
 * may be shown it, until it is committed, or discarded and loaded anew. See docs/decisions/yjs-bridge.md.
 */
export class Lineage {
  readonly #deps: LineageDeps;
  /** Proposed by the first who comes; once the log names one, that. */
  #root: string;
  #state: State = { kind: 'absent' };
  /** The revision up to which its state is saved. */
  #savedRev = 0;
  #savedBytes = 0;

  constructor(root: string, deps: LineageDeps) {
    this.#root = root;
    this.#deps = deps;
  }

  /** The name under which the text stands; certain once it is `committed`. */
  get root(): string {
    return this.#root;
  }

  /** The Y.Doc as the log has it; null while it is ahead of the log, owes something, or is not loaded. */
  get committed(): SharedText | null {
    const state = this.#state;
    return state.kind === 'loaded' && !state.ahead && state.owed === null ? state.shared : null;
  }

  /** It owes something that an entry of the server's own could bring. */
  get owes(): boolean {
    return this.#state.kind === 'loaded' && this.#state.owed !== null;
  }

  /**
   * Loads it if it is absent, as of revision `rev`, whose text has `length` units. Rejects with `StorageUnavailable`, and with
   * `LineageAhead` if `rev` is not the newest and the Y.Doc that is saved is newer.
   */
  async load(rev: number, length: number): Promise<void> {
    if (this.#state.kind === 'loaded') return;
    const { storage, room, page, random } = this.#deps;
    const stored = await storage.loadLineage(room);
    if (!stored) {
      // A lineage that the log does not know owes the whole text: the seed.
      const owed: Owed | null = length > 0 ? { kind: 'all' } : null;
      const shared = SharedText.create(this.#root, random);
      this.#state = { kind: 'loaded', shared, owed, recorded: false, ahead: false };
      return;
    }
    if (stored.rev > rev) throw new LineageAhead(`The Y.Doc is saved at revision ${stored.rev}, and we are at ${rev}.`);
    this.#root = stored.root;
    const updates = stored.state ? [stored.state] : [];
    let owed: Owed | null = null;
    for (let at = stored.rev; at < rev;) {
      const entries = await storage.entries(room, at + 1, rev, page);
      if (entries.length === 0) throw new StorageUnavailable(`Revision ${at + 1} of a room is missing.`);
      for (const { op, yjs } of entries) {
        if (yjs) updates.push(yjs);
        owed = yjs ? null : owing(owed, op);
      }
      at += entries.length;
    }
    this.#savedRev = stored.rev;
    this.#savedBytes = stored.state?.length ?? 0;
    const shared = SharedText.load(this.#root, updates, random);
    this.#state = { kind: 'loaded', shared, owed, recorded: true, ahead: false };
  }

  /** What a plan edits. `text`: the committed one. `author`: whose the server's own entry is, if it owes one. */
  stage(text: TextLike, author: number | null): Stage {
    const state = this.#state;
    if (state.kind !== 'loaded') throw new Error('A lineage is staged before it is loaded.');
    const { shared } = state;
    return {
      unrecordedRoot: state.recorded ? null : this.#root,
      settle: () => {
        const { owed } = state;
        if (!owed) return null;
        if (author === null) throw new Error('A lineage owes an entry, and nobody is to sign it.');
        state.ahead = true;
        const op = owed.kind === 'op' ? owed.op : diff(shared.toString(), text.slice(0, text.length));
        return { author, update: shared.edit(op) };
      },
      edit: (op) => {
        state.ahead = true;
        return shared.edit(op);
      },
      take: (update, space) => {
        try {
          const taken = shared.take(update, space);
          if (taken.kind === 'nothing') return null;
          state.ahead = true;
          return taken;
        } catch (error) {
          if (!(error instanceof YjsFault)) throw error;
          const fault = faultOf(error);
          throw shared.spoilt ? new StageSpoilt(fault) : fault;
        }
      },
    };
  }

  /** The plan that was staged is in the log. */
  commit(recorded: boolean): void {
    const state = this.#state;
    if (state.kind !== 'loaded') return;
    state.ahead = false;
    state.owed = null;
    state.recorded ||= recorded;
  }

  /** It may be ahead of the log, or behind: it is loaded anew when it is needed next. */
  discard(): void {
    this.#state = { kind: 'absent' };
  }

  /** The state to save at revision `rev`, the newest; null if that is saved already, or it is not committed now. */
  unsaved(rev: number): Uint8Array | null {
    const { committed } = this;
    if (!committed || rev <= this.#savedRev || this.#state.kind !== 'loaded' || !this.#state.recorded) return null;
    return committed.diff();
  }

  /** The state at `rev`, of so many bytes, is being saved. */
  saved(rev: number, bytes: number): void {
    this.#savedRev = Math.max(this.#savedRev, rev);
    this.#savedBytes = bytes;
  }

  /** Bytes of the newest state that was saved. */
  get savedBytes(): number {
    return this.#savedBytes;
  }
}

function owing(owed: Owed | null, op: Op): Owed {
  if (!owed) return { kind: 'op', op, count: 1 };
  if (owed.kind === 'all' || owed.count >= MOST_OWED) return { kind: 'all' };
  return { kind: 'op', op: compose(owed.op, op), count: owed.count + 1 };
}

/** What a client is told of an update that cannot be taken. A fresh synchronisation mends a gap; nothing mends garbage. */
function faultOf({ code, message }: YjsFault): ProtocolFault {
  switch (code) {
    case 'full':
      return new ProtocolFault('document-full', CloseCode.TOO_LARGE, message);
    case 'gap':
    case 'broken':
      return new ProtocolFault('out-of-step', CloseCode.TRY_AGAIN, message);
    default:
      return new ProtocolFault('bad-update', CloseCode.BAD_MESSAGE, message);
  }
}

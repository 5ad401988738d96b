import type { Op } from '../ot/index.ts';
import { BaseText } from './base-text.ts';
import type { Journal, SavedRoom } from './journal.ts';

/** Typing is written this often; what a crash can take is what was typed since. */
const TYPED_MS = 200;
/** All that waits is written anew each time, so with very much of it (a pasted book) less often, down to once a second. */
const UNITS_PER_MS = 1_000;
/** What only spares the next page a wait (acknowledgements, others' edits) is written this often. */
const LAZY_MS = 1_000;
/** A write that takes longer is not waited for: edits go out without it, and the screen says that nothing is kept. */
const SLOW_MS = 3_000;
/** A browser that refused (full, blocked) is asked again this often. */
const RETRY_MS = 10_000;

/** What a room has to write. */
export interface Keepable {
  record(delta: Op): SavedRoom;
  /** The confirmed text. */
  base(): string;
  /** Is there anything that a later page would want? */
  worth(): boolean;
  /** Units that wait for an acknowledgement. */
  unsaved(): number;
}

interface World {
  after(ms: number, run: () => void): () => void;
}

/** `none`: nothing has been written yet, so it is not known whether the journal works. */
type Health = 'none' | 'ok' | 'failed';

/**
 * Keeps a room's record in the journal up to date: one write at a time, coalesced, and answers what has been kept. A
 * journal that fails or is slow never holds up anything for long.
 */
export class Keeper {
  readonly #world: World;
  readonly #journal: Journal;
  readonly #room: Keepable;
  /** `kept` or `health` has changed by itself. */
  readonly #changed: () => void;
  readonly #base: BaseText;
  readonly #stopLeaving: () => void;
  #health: Health;
  /** Counts changes of the room. */
  #version = 0;
  /** The newest version that the journal has. */
  #kept = 0;
  /** The version of the newest local edit. */
  #edited = 0;
  /** The write that is under way; identity tells a late answer from a timely one. */
  #writing: { version: number; cancel: () => void } | null = null;
  /** Somebody waits for this version. */
  #wanted = 0;
  #timer: { ms: number; cancel: () => void } | null = null;
  #closed = false;

  /**
   * `found`: the record was there already, with this `delta` from its base text to the confirmed text, or null if the
   * base text is of no use any more.
   */
  constructor(world: World, journal: Journal, room: Keepable, found: { delta: Op | null } | null, changed: () => void) {
    this.#world = world;
    this.#journal = journal;
    this.#room = room;
    this.#changed = changed;
    this.#base = new BaseText(found?.delta ?? null);
    this.#health = found ? 'ok' : 'none';
    this.#stopLeaving = journal.onLeaving(() => this.#flush(true));
  }

  get health(): Health {
    return this.#health;
  }

  /** Is every local edit in the journal? */
  get hasEdits(): boolean {
    return this.#health !== 'failed' && this.#kept >= this.#edited;
  }

  /** There was a local edit. */
  edited(): void {
    this.#version += 1;
    this.#edited = this.#version;
    this.#in(this.#typedMs());
  }

  /** Something else has changed that belongs into the record. */
  touched(): void {
    this.#version += 1;
    this.#in(LAZY_MS);
  }

  /** The confirmed text has changed by `op`. */
  confirmed(op: Op): void {
    this.#base.changed(op);
    this.touched();
  }

  /** The confirmed text is another one. */
  replaced(): void {
    this.#base.lost();
    this.touched();
  }

  /** Writes the room as it is now, at once. To be asked about by `isKept`. */
  keep(): number {
    this.#version += 1;
    this.#wanted = this.#version;
    const ticket = this.#version;
    this.#flush(true);
    return ticket;
  }

  /** May what waits for `ticket` go on? Also if the journal has failed: then there is nothing to wait for. */
  isKept(ticket: number): boolean {
    return this.#health === 'failed' || this.#kept >= ticket;
  }

  /** Writes what is not yet written and lets the record go. */
  close(): void {
    this.#flush(true);
    this.#closed = true;
    this.#cancelTimer();
    this.#writing?.cancel();
    this.#stopLeaving();
    this.#journal.close();
  }

  #typedMs(): number {
    return Math.min(LAZY_MS, TYPED_MS + Math.floor(this.#room.unsaved() / UNITS_PER_MS));
  }

  #in(ms: number): void {
    if (this.#health === 'failed' || this.#writing) return;
    if (this.#timer && this.#timer.ms <= ms) return;
    this.#cancelTimer();
    const cancel = this.#world.after(ms, () => {
      this.#timer = null;
      this.#flush(false);
    });
    this.#timer = { ms, cancel };
  }

  /** `urgent`: a second write may be begun while one is under way, for the page may be ending or an edit waiting. */
  #flush(urgent: boolean): void {
    if (this.#kept >= this.#version || !this.#room.worth()) return;
    if (this.#health === 'failed' || (this.#writing && !urgent) || this.#writing?.version === this.#version) return;
    this.#write(urgent);
  }

  #write(urgent: boolean): void {
    this.#cancelTimer();
    this.#writing?.cancel();
    const version = this.#version;
    const cancel = this.#world.after(SLOW_MS, () => this.#ended(attempt, false));
    const attempt = { version, cancel };
    this.#writing = attempt;
    const base = this.#base.delta === null ? this.#room.base() : null;
    if (base !== null) this.#base.written();
    const record = this.#room.record(this.#base.delta ?? []);
    this.#journal.write({ record, base, urgent }, (kept) => this.#ended(attempt, kept));
  }

  #ended(attempt: { version: number; cancel: () => void }, kept: boolean): void {
    if (this.#closed) return;
    attempt.cancel();
    // Writes take effect in order: that a newer one is under way makes this one's success uninteresting. Its failure is
    // not, for the newer record may rest on the base text of this one.
    if (this.#writing !== attempt && kept) return;
    this.#writing?.cancel();
    this.#writing = null;
    if (kept) this.#succeeded(attempt.version);
    else this.#failed();
    this.#changed();
  }

  #succeeded(version: number): void {
    this.#kept = version;
    this.#health = 'ok';
    if (this.#wanted > version) this.#write(true);
    else if (this.#edited > version) this.#in(this.#typedMs());
    else if (this.#version > version) this.#in(LAZY_MS);
  }

  #failed(): void {
    this.#health = 'failed';
    this.#base.lost();
    this.#cancelTimer();
    this.#journal.remove();
    const cancel = this.#world.after(RETRY_MS, () => {
      this.#timer = null;
      this.#write(false);
    });
    this.#timer = { ms: RETRY_MS, cancel };
  }

  #cancelTimer(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }
}

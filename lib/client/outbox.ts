import { lengthChange, maxParts } from '../ot/index.ts';
import type { Limits } from '../protocol/index.ts';
import type { Connection } from './connection.ts';
import { resendOf, type Outstanding } from './document.ts';
import { Pace } from './pace.ts';
import type { Replica } from './replica.ts';

/**
 * A long edit goes out in pieces of this size, each with its acknowledgement. Small, so that a piece and the ping behind
 * it get over a slow line (64 kbit/s) within the ping's deadline, and others see a paste arrive.
 */
const PIECE_BYTES = 65_536;
/** Room in a message for all that is not the op. */
const ENVELOPE_BYTES = 256;
/** Half of what the server takes, since others' edits may split parts before it looks. */
const PIECE_PARTS = maxParts / 2;
/** A healthy network answers sooner by the acknowledgement itself, and no ping is spent. */
const ASK_MS = 100;
/** Received, and the server says nothing of trouble with its disk: something is lost between us. Coming back tells. */
const ACK_MS = 20_000;

/** May edits leave, and by what measure? */
export interface OutboxGate {
  /** Welcomed, caught up, and allowed to write. */
  open: boolean;
  limits: Limits;
  /** The server can write to its disk, as far as it said. */
  storeOk: boolean;
}

/** Where an edit has to be before it leaves. */
export interface KeepFirst {
  /** Begins to keep the room as it is now. */
  keep(): number;
  isKept(ticket: number): boolean;
}

interface World {
  now(): number;
  after(ms: number, run: () => void): () => void;
}

/**
 * Sends what is pending, one edit at a time: freezes the next one, sends it again after a reconnect or a refusal "not
 * now", and asks with a ping whether it was received.
 */
export class Outbox {
  readonly #world: World;
  readonly #connection: Connection;
  readonly #replica: Replica;
  readonly #gate: () => OutboxGate;
  readonly #journal: KeepFirst | null;
  /** Something that `received`, `full` depend on has changed by itself. */
  readonly #changed: () => void;
  readonly #pace: Pace;
  /** The outstanding edit has gone out over this socket. */
  #onWire = false;
  /** `at` of the ping sent after it. */
  #asked: number | null = null;
  #heldUntil = 0;
  #full = false;
  /** For the edit that was last given to the journal, as it was frozen: that object is its identity. */
  #ticket: { sent: Outstanding['sent']; seq: number; number: number } | null = null;
  /** The journal is being asked, and may answer at once. */
  #keeping = false;
  #cancelPump: (() => void) | null = null;
  #cancelAsk: (() => void) | null = null;
  #cancelAck: (() => void) | null = null;

  constructor(
    world: World,
    connection: Connection,
    replica: Replica,
    gate: () => OutboxGate,
    journal: KeepFirst | null,
    changed: () => void,
  ) {
    this.#world = world;
    this.#connection = connection;
    this.#replica = replica;
    this.#gate = gate;
    this.#journal = journal;
    this.#changed = changed;
    this.#pace = new Pace(world.now());
  }

  /** Has the server answered a ping that was sent after everything pending? */
  get received(): boolean {
    return this.#onWire && !this.#replica.hasUnsent && this.#asked !== null && this.#connection.answered >= this.#asked;
  }

  /** Edits are kept back because the document would become too long. */
  get full(): boolean {
    return this.#full;
  }

  /** Sends whatever may go now. To be called after everything that may have changed that. */
  pump(): void {
    if (this.#keeping) return;
    this.#full = false;
    const gate = this.#gate();
    if (!gate.open) return;
    if (this.#onWire) return this.#connection.doubt();
    const now = this.#world.now();
    const wait = Math.max(this.#heldUntil - now, this.#pace.delay(now, gate.limits));
    if (wait > 0) {
      this.#connection.doubt();
      return this.#pumpIn(wait);
    }
    const outstanding = this.#replica.outstanding ?? this.#takeNext(gate);
    if (outstanding && this.#mayLeave(outstanding)) this.#send(resendOf(outstanding, this.#replica.state.rev));
  }

  /** The outstanding edit is settled. */
  settled(): void {
    this.#offWire();
    this.pump();
  }

  /** Nothing was taken: the same again, `ms` from now. */
  hold(ms: number): void {
    this.#heldUntil = this.#world.now() + ms;
    this.#offWire();
    this.#pumpIn(ms);
  }

  /** What was held for may be over: tries at once. A server that still takes nothing says so again. */
  lift(): void {
    this.#heldUntil = 0;
    this.pump();
  }

  /** The socket is gone. */
  disconnected(): void {
    this.#offWire();
  }

  close(): void {
    this.#offWire();
    this.#cancelPump?.();
  }

  /** Freezes the next edit; null if there is none, or no space for it. */
  #takeNext({ limits }: OutboxGate): Outstanding | null {
    if (!this.#replica.hasUnsent) return null;
    const bytes = Math.min(PIECE_BYTES, limits.bytesPerSecond, limits.message - ENVELOPE_BYTES);
    const next = this.#replica.peekNext({ bytes, parts: PIECE_PARTS });
    // Others may have filled the room meanwhile. The server would end the connection for good; here it can be mended.
    if (next && lengthChange(next) > 0 && this.#replica.confirmedLength + lengthChange(next) > limits.document) {
      this.#full = true;
      return null;
    }
    return this.#replica.takeNext({ bytes, parts: PIECE_PARTS });
  }

  /**
   * Is the frozen edit in the journal, as frozen? Otherwise a page that finds the record later could not know that it was
   * sent, and would send what is in it again, under another number.
   */
  #mayLeave({ seq, sent }: Outstanding): boolean {
    if (!this.#journal) return true;
    const ticket = this.#ticket;
    if (ticket?.sent === sent && ticket.seq === seq) return this.#journal.isKept(ticket.number);
    this.#keeping = true;
    const number = this.#journal.keep();
    this.#keeping = false;
    this.#ticket = { sent, seq, number };
    return this.#journal.isKept(number);
  }

  #send(edit: { seq: number; rev: number; op: readonly (number | string)[] }): void {
    const message = { t: 'op', ...edit } as const;
    if (!this.#connection.send(message)) return;
    this.#onWire = true;
    this.#pace.sent(bytesOf(edit.op));
    this.#cancelAsk = this.#world.after(ASK_MS, () => {
      this.#asked = this.#connection.ping();
    });
    this.#watchAck();
  }

  #watchAck(): void {
    this.#cancelAck = this.#world.after(ACK_MS, () => {
      // It may have come, and stand behind others' entries.
      if (this.#gate().storeOk && !this.#connection.isBehind) this.#connection.restart();
      else this.#watchAck();
    });
  }

  #offWire(): void {
    this.#onWire = false;
    this.#asked = null;
    this.#cancelAsk?.();
    this.#cancelAck?.();
  }

  #pumpIn(ms: number): void {
    this.#cancelPump?.();
    this.#cancelPump = this.#world.after(ms, () => {
      this.pump();
      this.#changed();
    });
  }
}

/** About what the op weighs on the wire; the pace needs no more. */
function bytesOf(op: readonly (number | string)[]): number {
  let bytes = 0;
  for (const part of op) bytes += typeof part === 'string' ? part.length + 3 : 6;
  return bytes;
}

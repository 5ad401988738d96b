import type { Clock } from './clock.ts';
import type { ServerLimits } from './limits.ts';
import type { EntriesFrame } from './room/frame.ts';

export type OutflowLimits = Pick<
  ServerLimits,
  'slowNoCursors' | 'slowStop' | 'slowClose' | 'slowCloseMs' | 'welcomeMs'
>;

/** How often it is looked whether a slow socket has drained, in ms: within a fast line's delay, and cheap. */
const LOOK_MS = 100;

/** The part of a socket that is written to. */
interface Sink {
  send(frame: Buffer): void;
  /** In the encoding of whoever reads it. */
  sendEntries(frame: EntriesFrame): void;
  /** Pieces that are one frame. */
  sendPieces(pieces: readonly Buffer[]): void;
  /** Bytes given to `send` that have not left the process. */
  readonly buffered: number;
}

/** Whom an outflow is of. */
export interface OutflowOwner {
  /** Entries begin to be withheld. */
  behind(): void;
  /** Little enough waits again, after entries were withheld. */
  drained(): void;
  /** Too much waits, or for too long. To be answered by `sendLast` or `stop`. */
  tooSlow(): void;
}

/**
 * What one socket is told, so that a reader that is slower than its room costs little (DESIGN §6): carets go first, then
 * entries are withheld until it has drained, and at last it is given up. Entries are told in order, without a gap and
 * never twice, because only those that follow on the last one are let through.
 */
export class Outflow {
  readonly #sink: Sink;
  readonly #clock: Clock;
  readonly #limits: OutflowLimits;
  readonly #owner: OutflowOwner;
  /** The newest revision that was sent; null before the welcome. */
  #rev: number | null = null;
  /** Acknowledgements of revisions that were not sent yet, oldest first. */
  #acks: { rev: number; frame: Buffer }[] = [];
  /** Entries were withheld since, and it has not drained. */
  #slowSince: number | null = null;
  /** A large welcome is on its way: its bytes, and until when they may take. */
  #welcome: { bytes: number; until: number } | null = null;
  #waiting: (() => void)[] = [];
  #cancelLook: (() => void) | null = null;
  #over = false;

  constructor(sink: Sink, clock: Clock, limits: OutflowLimits, owner: OutflowOwner) {
    this.#sink = sink;
    this.#clock = clock;
    this.#limits = limits;
    this.#owner = owner;
  }

  get rev(): number {
    return this.#rev ?? 0;
  }

  /** The frame that begins everything was given to it. */
  get isWelcomed(): boolean {
    return this.#rev !== null;
  }

  /** Until when nothing needs to be heard of the other end, because a large welcome fills the line. */
  get patientUntil(): number {
    return this.#welcome?.until ?? 0;
  }

  /** Goes out whatever waits already, unless that is too much. Not for entries. */
  send(frame: Buffer): void {
    if (this.#mayGoOut()) this.#sink.send(frame);
  }

  /** The last words. Nothing goes out after them. */
  sendLast(frame: Buffer): void {
    if (!this.#over) this.#sink.send(frame);
    this.stop();
  }

  /** Left out while much waits. */
  sendLossy(frame: Buffer): void {
    if (this.#slowSince === null && this.#sink.buffered <= this.#limits.slowNoCursors) this.send(frame);
  }

  /** The frame that begins everything, in pieces; the client is at `rev` with it. */
  welcome(pieces: readonly Buffer[], rev: number): void {
    this.#rev = rev;
    if (this.#mayGoOut()) this.#sink.sendPieces(pieces);
    const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
    if (bytes <= this.#limits.slowStop) return;
    this.#welcome = { bytes, until: this.#clock.now() + this.#limits.welcomeMs };
    this.#lookSoon();
  }

  /** Entries `first` … `last`. Withheld if earlier ones were, or too much waits; those it has already are not told again. */
  sendEntries(frame: EntriesFrame, first: number, last: number): void {
    if (this.#over || this.#rev === null || first !== this.#rev + 1) return;
    if (this.#slowSince !== null) return;
    if (this.#sink.buffered > this.#limits.slowStop) {
      this.#slowSince = this.#clock.now();
      this.#owner.behind();
      return this.#lookSoon();
    }
    // Less waits than makes `send` give it up.
    this.#sink.sendEntries(frame);
    this.#rev = last;
    if (this.#acks.length > 0) this.#tellAcks();
  }

  /** An acknowledgement that means nothing before the entries up to `rev` are told. */
  sendAck(frame: Buffer, rev: number): void {
    this.#acks.push({ rev, frame });
    this.#tellAcks();
  }

  /** Resolves when there is room for more, or it is over. */
  roomForMore(): Promise<void> {
    if (this.#over || (this.#slowSince === null && this.#sink.buffered <= this.#limits.slowStop)) {
      return Promise.resolve();
    }
    this.#slowSince ??= this.#clock.now();
    this.#lookSoon();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  stop(): void {
    this.#over = true;
    this.#acks = [];
    this.#cancelLook?.();
    this.#cancelLook = null;
    this.#release();
  }

  /** Not if it is over, or so much waits that it is given up. */
  #mayGoOut(): boolean {
    if (this.#over) return false;
    if (this.#sink.buffered <= this.#limits.slowClose + (this.#welcome?.bytes ?? 0)) return true;
    this.#giveUp();
    return false;
  }

  #tellAcks(): void {
    while (this.#acks[0] && this.#acks[0].rev <= this.rev) {
      const next = this.#acks.shift();
      if (next) this.send(next.frame);
    }
  }

  #lookSoon(): void {
    this.#cancelLook ??= this.#clock.after(LOOK_MS, () => this.#look());
  }

  #look(): void {
    this.#cancelLook = null;
    const now = this.#clock.now();
    if (this.#sink.buffered <= this.#limits.slowNoCursors) {
      this.#welcome = null;
      if (this.#slowSince === null) return;
      this.#slowSince = null;
      this.#release();
      return this.#owner.drained();
    }
    const since = Math.max(this.#slowSince ?? now, this.patientUntil - this.#limits.slowCloseMs);
    if (now - since >= this.#limits.slowCloseMs) return this.#giveUp();
    this.#lookSoon();
  }

  #giveUp(): void {
    if (!this.#over) this.#owner.tooSlow();
  }

  #release(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

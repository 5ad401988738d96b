import type { Scheduler } from './scheduler.ts';

interface Parcel<T> {
  item: T;
  due: number;
  bytes: number;
}

/**
 * One direction of a socket: what is sent arrives in the order it was sent, each after a latency of its own, until the
 * lane is cut.
 */
export class Lane<T> {
  /** Bytes on their way. */
  bytes = 0;
  readonly #scheduler: Scheduler;
  readonly #latency: () => number;
  readonly #deliver: (item: T) => void;
  #parcels: Parcel<T>[] = [];
  #cancel: (() => void) | null = null;
  #lastDue = 0;
  #heldUntil = 0;
  #paused = false;
  #cut = false;

  constructor(scheduler: Scheduler, latency: () => number, deliver: (item: T) => void) {
    this.#scheduler = scheduler;
    this.#latency = latency;
    this.#deliver = deliver;
  }

  /** Nothing that is sent from now on arrives. */
  get isCut(): boolean {
    return this.#cut;
  }

  get stalled(): boolean {
    return this.#heldUntil > this.#scheduler.now;
  }

  send(item: T, bytes = 0): void {
    if (this.#cut) return;
    this.#lastDue = Math.max(this.#lastDue, this.#scheduler.now + this.#latency());
    this.#parcels.push({ item, due: this.#lastDue, bytes });
    this.bytes += bytes;
    this.#plan();
  }

  /** Nothing arrives for `ms`, and then everything. */
  hold(ms: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, this.#scheduler.now + ms);
    this.#replan();
  }

  /** The receiver takes nothing until `resume`. */
  pause(): void {
    this.#paused = true;
    this.#replan();
  }

  resume(): void {
    this.#paused = false;
    this.#replan();
  }

  /** Of what is on its way the first `keep` parcels arrive, then `last` if there is one, and nothing ever after. */
  cut(keep: (onTheWay: number) => number, last?: T): void {
    if (this.#cut) return;
    this.#parcels.length = Math.min(this.#parcels.length, keep(this.#parcels.length));
    this.bytes = this.#parcels.reduce((sum, { bytes }) => sum + bytes, 0);
    if (last !== undefined) this.send(last);
    this.#cut = true;
    this.#replan();
  }

  #replan(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#plan();
  }

  #plan(): void {
    const [first] = this.#parcels;
    if (!first || this.#paused || this.#cancel) return;
    const wait = Math.max(first.due, this.#heldUntil) - this.#scheduler.now;
    this.#cancel = this.#scheduler.after(wait, () => {
      this.#cancel = null;
      const parcel = this.#parcels.shift();
      if (!parcel) return;
      this.bytes -= parcel.bytes;
      this.#plan();
      this.#deliver(parcel.item);
    });
  }
}

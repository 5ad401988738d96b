import type { Batch, Storage } from '../storage/storage.ts';

/** A room that has something to write in this turn of the event loop. */
export interface TurnOf {
  /** What it wants to append; null if that is nothing, or it goes its own way. Must not throw. */
  prepare(): { room: string; batch: Batch } | null;
  /** Is it durable? If not, nothing was done. */
  done(isDurable: boolean): void;
}

/**
 * Rooms that were written to in the same turn of the event loop take what waits together, behind everything that the turn's
 * sockets have brought, and one write to the disk serves all of them: the busier the server, the more edits it serves. Only for
 * storages that can do so without a promise.
 */
export class Together {
  readonly #append: NonNullable<Storage['appendNow']>;
  readonly #schedule: (run: () => void) => void;
  #turns: TurnOf[] = [];

  /** `schedule` runs something behind what the intake hands on in the same go. */
  constructor(append: NonNullable<Storage['appendNow']>, schedule: (run: () => void) => void) {
    this.#append = append;
    this.#schedule = schedule;
  }

  /** Calls `prepare`, and `done` if that gave something, in the same turn. */
  join(turn: TurnOf): void {
    if (this.#turns.push(turn) === 1) this.#schedule(() => this.#go());
  }

  #go(): void {
    const turns = this.#turns;
    this.#turns = [];
    const going: TurnOf[] = [];
    const batches: { room: string; batch: Batch }[] = [];
    for (const turn of turns) {
      const wanted = turn.prepare();
      if (wanted === null) continue;
      going.push(turn);
      batches.push(wanted);
    }
    if (going.length === 0) return;
    const durable = this.#append(batches);
    going.forEach((turn, index) => turn.done(durable[index] === true));
  }
}

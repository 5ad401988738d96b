import type { ServerLimits } from '../limits.ts';
import type { Storage } from '../storage/storage.ts';
import { WorkQueue } from '../work-queue.ts';
import { RoomHistory } from './room-history.ts';
import { Slices } from './slices.ts';
import type { Walk } from './walk.ts';

export type HistoryLimits = Pick<
  ServerLimits,
  | 'historyPage'
  | 'historyMarks'
  | 'historyJobs'
  | 'historyWaiting'
  | 'historySliceMs'
  | 'historyBytes'
  | 'historyStateBytes'
>;

export interface HistoriesDeps {
  storage: Storage;
  limits: HistoryLimits;
}

/** `quick`: reads a page or two, or marks. `long`: may go through the whole log. */
export type JobKind = 'quick' | 'long';

/** As many questions wait already as may. */
export class HistoryBusy extends Error {
  override readonly name = 'HistoryBusy';
}

/** Answers questions about histories, some at a time, and remembers what they took pains to find out. */
export class Histories {
  readonly #deps: HistoriesDeps;
  readonly #queues: Record<JobKind, WorkQueue>;
  /** In the order of their last use. */
  readonly #rooms = new Map<string, RoomHistory>();

  constructor(deps: HistoriesDeps) {
    this.#deps = deps;
    const { historyJobs, historyWaiting } = deps.limits;
    this.#queues = {
      quick: new WorkQueue(historyJobs.quick, historyWaiting),
      long: new WorkQueue(historyJobs.long, historyWaiting),
    };
  }

  /** Rooms of which something is remembered. */
  get size(): number {
    return this.#rooms.size;
  }

  /**
   * Runs `job` when it is its turn. Rejects with `HistoryBusy`, and with the signal's reason once that was given: nobody
   * waits for the answer any more.
   */
  async run<T>(
    kind: JobKind,
    room: string,
    signal: AbortSignal,
    job: (walk: Walk, history: RoomHistory) => Promise<T>,
  ): Promise<T> {
    const queue = this.#queues[kind];
    if (queue.isFull) throw new HistoryBusy('Too many questions about history are waiting. Come back in a moment.');
    const { storage, limits } = this.#deps;
    return queue.run(async () => {
      signal.throwIfAborted();
      const slices = new Slices(limits.historySliceMs, signal);
      const walk = { storage, room, page: limits.historyPage, marksPage: limits.historyMarks, slices };
      try {
        return await job(walk, this.#of(room));
      } finally {
        this.#makeSpace();
      }
    });
  }

  /** The room has left memory, or its log is another one now. */
  forget(room: string): void {
    this.#rooms.delete(room);
  }

  #of(room: string): RoomHistory {
    const history = this.#rooms.get(room) ?? new RoomHistory(this.#deps.limits.historyStateBytes);
    this.#rooms.delete(room);
    this.#rooms.set(room, history);
    return history;
  }

  /** What one question is still working with lives on as long as that does. */
  #makeSpace(): void {
    let bytes = 0;
    for (const history of this.#rooms.values()) bytes += history.bytes;
    for (const [room, history] of this.#rooms) {
      if (bytes <= this.#deps.limits.historyBytes) return;
      this.#rooms.delete(room);
      bytes -= history.bytes;
    }
  }
}

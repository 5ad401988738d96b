import type { FileShape, StoredMeta } from '../storage/storage.ts';

export interface Meta {
  title: string;
  language: string;
  /** What the bytes of an imported file had besides its text. */
  file: FileShape | null;
  /** Read-only for everybody. */
  locked: boolean;
}

/** What a room is called, its language and its file's shape. Changes are written one after the other. */
export class RoomMeta {
  #now: Meta;
  #queue: Promise<void> = Promise.resolve();

  constructor(now: Meta) {
    this.#now = now;
  }

  get now(): Readonly<Meta> {
    return this.#now;
  }

  /** Makes `change` durable by `write`, and only then takes it. Rejects as `write` does; later changes are tried all the same. */
  change(change: Partial<Meta>, write: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(write).then(() => {
      this.#now = { ...this.#now, ...change };
    });
    // Whoever asked is told of a failure; the next in the queue has nothing to do with it.
    this.#queue = done.catch(() => undefined);
    return done;
  }

  /**
   * Takes what `read` finds in the store, which somebody else may have changed. In turn with our own changes: what was read
   * before one of them is not taken after it. Gives what was so before, or null if nothing was found. Rejects as `read` does.
   */
  refresh(read: () => Promise<StoredMeta | null>): Promise<Readonly<Meta> | null> {
    const done = this.#queue.then(read).then((stored) => {
      const before = this.#now;
      if (stored) this.#now = stored;
      return stored && before;
    });
    this.#queue = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }

  /** Resolves when nothing is being read or written. */
  async settled(): Promise<void> {
    await this.#queue;
  }
}

import type { RoomClient } from '../../lib/client/index.ts';

/** While somebody writes, it is said this often, in ms. The server passes on one a second. */
const SAY_MS = 3_000;
/** This long after the last word of it nobody writes any more, in ms: one of them may be lost. */
const OVER_MS = 7_000;

export interface WritersWorld {
  /** Milliseconds, from whenever. */
  now: () => number;
  after: (ms: number, run: () => void) => () => void;
}

/** Who writes something to the room just now, and telling the others that one does. Lives as long as the client. */
export class Writers {
  readonly #client: Pick<RoomClient, 'talk'>;
  readonly #world: WritersWorld;
  /** How to stop waiting for the end of each. */
  readonly #ends = new Map<number, () => void>();
  readonly #listeners = new Set<() => void>();
  #authors: readonly number[] = [];
  #said = Number.NEGATIVE_INFINITY;

  constructor(client: Pick<RoomClient, 'talk' | 'onTalk'>, world: WritersWorld) {
    this.#client = client;
    this.#world = world;
    client.onTalk((event) => {
      switch (event.t) {
        case 'writing':
          return this.#began(event.author);
        case 'chat':
          return this.#over(event.message.author);
        case 'welcome':
        case 'thread':
        case 'error':
          return;
      }
    });
  }

  /** Author numbers, oldest first; another array after every change. Somebody of them may have left. */
  get = (): readonly number[] => this.#authors;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** A letter was written here. */
  typed(): void {
    const now = this.#world.now();
    if (now - this.#said >= SAY_MS && this.#client.talk({ t: 'writing' })) this.#said = now;
  }

  /** It was sent: the next letter is of another message. */
  sent(): void {
    this.#said = Number.NEGATIVE_INFINITY;
  }

  #began(author: number): void {
    this.#ends.get(author)?.();
    this.#ends.set(
      author,
      this.#world.after(OVER_MS, () => this.#over(author)),
    );
    this.#tell();
  }

  #over(author: number): void {
    this.#ends.get(author)?.();
    if (this.#ends.delete(author)) this.#tell();
  }

  #tell(): void {
    this.#authors = [...this.#ends.keys()];
    for (const listener of this.#listeners) listener();
  }
}

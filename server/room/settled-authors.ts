import type { NewAuthor, Storage } from '../storage/storage.ts';
import type { Settled } from './plan.ts';

interface Room {
  readonly id: string;
  /** The newest committed revision. */
  readonly rev: number;
  /** Does an edit of this author wait, or is it being written? */
  holds(author: number): boolean;
}

/** What is settled of the authors that are in a room, or have edits waiting. What is settled of others is in the storage. */
export class SettledAuthors {
  readonly #storage: Storage;
  readonly #room: Room;
  readonly #known = new Map<number, Settled>();
  /** Calls of `open` that wait for the storage. */
  #opening = 0;

  constructor(storage: Storage, room: Room) {
    this.#storage = storage;
    this.#room = room;
  }

  get size(): number {
    return this.#known.size;
  }

  of(author: number): Settled | null {
    return this.#known.get(author) ?? null;
  }

  set(author: number, settled: Settled): void {
    this.#known.set(author, settled);
  }

  /** The author number of a client, made on first sight; reads what is settled of it. */
  async open(who: NewAuthor): Promise<number> {
    this.#opening += 1;
    const { author, last } = await this.#storage.openAuthor(this.#room.id, who).finally(() => (this.#opening -= 1));
    // An edit that waits here may be in the log without our knowing, if the answer of its append was lost. It keeps its
    // number until the log tells.
    const isOurs = last !== null && last.rev > this.#room.rev && this.#room.holds(author);
    if (last && !isOurs && last.seq > (this.#known.get(author)?.seq ?? 0)) this.#known.set(author, last);
    return author;
  }

  /**
   * Forgets those that are not `needed`. Only between two turns of the event loop, and not while an author is being opened:
   * between reading what is settled of it and its joining, an older socket of it may leave and an append of its edit end,
   * and then `welcome` would know less than the log.
   */
  forgetUnless(needed: (author: number) => boolean): void {
    if (this.#opening > 0) return;
    for (const author of this.#known.keys()) if (!needed(author)) this.#known.delete(author);
  }
}

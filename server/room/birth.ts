import { CloseCode, ProtocolFault } from '../../lib/protocol/index.ts';
import type { NewAuthor, NewRoom, Storage } from '../storage/storage.ts';

/** Another process created the room between our look and our first edit. */
export class RoomTaken extends Error {
  override readonly name = 'RoomTaken';
}

/** Whoever is told so comes back, and joins that room. */
export function roomTaken(): ProtocolFault {
  return new ProtocolFault('internal', CloseCode.INTERNAL, 'Somebody made this room first. Joining it.');
}

/**
 * How a fresh room comes to be: it costs nothing until its first edit, and then is written together with the authors who
 * were there before, under the numbers that they were told.
 */
export class Birth {
  readonly #storage: Storage;
  /** What is to be created; null once the room exists in the storage. */
  #plan: NewRoom | null;
  /** The try to create it that is under way. */
  #trying: Promise<void> | null = null;
  readonly #authors = new Map<string, NewAuthor & { author: number }>();

  constructor(storage: Storage, plan: NewRoom | null) {
    this.#storage = storage;
    this.#plan = plan;
  }

  /** The room is not in the storage yet. */
  get pending(): boolean {
    return this.#plan !== null;
  }

  /** The number of a client in a room that does not exist yet. */
  author(who: NewAuthor): number {
    const author = this.#authors.get(who.client)?.author ?? this.#authors.size + 1;
    this.#authors.set(who.client, { ...who, author });
    return author;
  }

  /**
   * Makes the room exist, if it does not yet. A title and the first edit may ask at once: one try serves both. Rejects
   * with `RoomTaken` if somebody else made it, and with `StorageUnavailable` if it should be tried again.
   */
  complete(): Promise<void> {
    if (!this.#plan) return Promise.resolve();
    this.#trying ??= this.#create(this.#plan).finally(() => (this.#trying = null));
    return this.#trying;
  }

  async #create(plan: NewRoom): Promise<void> {
    const authors = [...this.#authors.values()];
    const made = await this.#storage.createRoom({ ...plan, authors });
    if (made === 'taken') {
      // It may have been ourselves, when the answer to an earlier try was lost.
      const [link] = plan.links;
      if (!link || (await this.#storage.findLink(link.token))?.room !== plan.id) throw new RoomTaken();
    }
    // Who has joined meanwhile, or since an earlier try, is not in it yet. The numbers are the same, for both count on.
    const written = made === 'created' ? authors.length : 0;
    for (const who of this.#authors.values()) {
      if (who.author <= written) continue;
      if ((await this.#storage.openAuthor(plan.id, who)).author !== who.author) throw new RoomTaken();
    }
    this.#plan = null;
  }
}

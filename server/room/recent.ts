import type { Entry } from '../storage/storage.ts';

/**
 * The newest entries of a room, kept in memory so that edits a few revisions old need no read. Bounded by count;
 * trimmed in chunks, so that the array is not shifted at every entry.
 */
export class RecentEntries {
  /** Consecutive revisions; the last one is the room's newest, or it is empty. */
  #entries: Entry[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  push(entry: Entry): void {
    this.#entries.push(entry);
    if (this.#entries.length >= 2 * this.#most) this.#entries = this.#entries.slice(-this.#most);
  }

  /** Entries after `rev` up to `newest`, or null if some of them are no longer kept. */
  after(rev: number, newest: number): readonly Entry[] | null {
    const count = newest - rev;
    if (count <= 0) return [];
    return count <= this.#entries.length ? this.#entries.slice(-count) : null;
  }
}

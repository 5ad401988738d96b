/** Somebody without an edit or a movement of the caret for this long is idle, in ms. */
export const IDLE_MS = 60_000;

/**
 * When each of the others last did something, as this page saw it. Times are Unix milliseconds and given from outside.
 * Somebody whom we see for the first time has just come, as far as we know.
 */
export class Activity {
  readonly #movedAt = new Map<number, number>();
  readonly #editedAt = new Map<number, number>();

  /** Who is here now; whoever is not is forgotten. */
  present(authors: readonly number[], now: number): void {
    for (const author of authors) if (!this.#movedAt.has(author)) this.#movedAt.set(author, now);
    for (const known of this.#movedAt.keys()) {
      if (authors.includes(known)) continue;
      this.#movedAt.delete(known);
      this.#editedAt.delete(known);
    }
  }

  moved(authors: Iterable<number>, now: number): void {
    for (const author of authors) if (this.#movedAt.has(author)) this.#movedAt.set(author, now);
  }

  edited(authors: Iterable<number>, now: number): void {
    for (const author of authors) {
      if (!this.#movedAt.has(author)) continue;
      this.#movedAt.set(author, now);
      this.#editedAt.set(author, now);
    }
  }

  /** Has this author edited within the last minute? */
  isEditing(author: number, now: number): boolean {
    const at = this.#editedAt.get(author);
    return at !== undefined && now - at < IDLE_MS;
  }

  /** When an idle author last did something; null for one who is not idle, or not here. */
  idleSince(author: number, now: number): number | null {
    const at = this.#movedAt.get(author);
    return at !== undefined && now - at >= IDLE_MS ? at : null;
  }
}

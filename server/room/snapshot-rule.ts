import type { ServerLimits } from '../limits.ts';
import type { Entry } from '../storage/storage.ts';

export type SnapshotLimits = Pick<
  ServerLimits,
  'snapshotRevisions' | 'snapshotOpBytes' | 'snapshotIdleMs' | 'hashIdleMs'
>;

/** When a room's text is worth a snapshot. Keeps one save in flight at most. */
export class SnapshotRule {
  readonly #limits: SnapshotLimits;
  #savedRev: number;
  #revisions = 0;
  #opBytes = 0;
  #editedAt: number;
  #hashedRev: number;
  #saving: Promise<void> | null = null;

  constructor(limits: SnapshotLimits, rev: number, now: number) {
    this.#limits = limits;
    this.#savedRev = rev;
    this.#hashedRev = rev;
    this.#editedAt = now;
  }

  get saving(): boolean {
    return this.#saving !== null;
  }

  /** An entry that the newest snapshot does not hold yet. */
  count(entry: Entry): void {
    this.#revisions++;
    for (const part of entry.op) this.#opBytes += typeof part === 'string' ? part.length + 3 : 6;
  }

  edited(now: number): void {
    this.#editedAt = now;
  }

  dueNow(): boolean {
    const { snapshotRevisions, snapshotOpBytes } = this.#limits;
    return !this.saving && (this.#revisions >= snapshotRevisions || this.#opBytes >= snapshotOpBytes);
  }

  dueWhenIdle(rev: number, now: number): { snapshot: boolean; hash: boolean } {
    const idle = now - this.#editedAt;
    const hash = idle >= this.#limits.hashIdleMs && rev > this.#hashedRev;
    if (hash) this.#hashedRev = rev;
    return { snapshot: idle >= this.#limits.snapshotIdleMs && !this.saving && rev > this.#savedRev, hash };
  }

  dueAtClose(rev: number): boolean {
    return rev > this.#savedRev;
  }

  /** Saves `rev`; a failure is only reported, for the log has everything, and the next occasion comes. */
  save(rev: number, write: () => Promise<void>, failed: (error: unknown) => void): void {
    this.#revisions = 0;
    this.#opBytes = 0;
    this.#saving = write()
      .then(() => {
        this.#savedRev = Math.max(this.#savedRev, rev);
      })
      .catch(failed)
      .finally(() => {
        this.#saving = null;
      });
  }

  async saved(): Promise<void> {
    await this.#saving;
  }
}

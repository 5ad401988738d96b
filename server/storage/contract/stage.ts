import type { Entry, Storage } from '../storage.ts';

/** What the tests of a contract stand on. */
export interface Stage {
  /** The present test's, empty when it begins. */
  readonly storage: Storage;
  append(this: void, room: string, entries: readonly Entry[]): ReturnType<Storage['append']>;
  /** Closes the storage and opens what it left; from then on it is `storage`. */
  reopen(this: void): Promise<Storage>;
}

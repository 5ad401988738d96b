import * as Y from 'yjs';

/** The update (format v1) that brings nothing: no structs, no deletions. */
export const emptyUpdate: Uint8Array = Uint8Array.of(0, 0);

/** Is it, byte for byte, what a client sends that has nothing to tell? */
export function isEmptyUpdate(update: Uint8Array): boolean {
  return update.length === 2 && update[0] === 0 && update[1] === 0;
}

/** One update with what all of `updates` bring; the empty one if there are none. They must be well-formed. */
export function mergeUpdates(updates: readonly Uint8Array[]): Uint8Array {
  const [first] = updates;
  if (first === undefined) return emptyUpdate;
  return updates.length === 1 ? first : Y.mergeUpdates(updates.slice());
}

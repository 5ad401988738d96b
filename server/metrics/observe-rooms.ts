import type { Counters } from '../counters.ts';
import type { RoomObserver } from '../room/observer.ts';

/** Counts what rooms do. */
export function observeRooms(counters: Counters): RoomObserver {
  return {
    batch() {
      const began = counters.now();
      return ({ batch, outcomes }) => {
        counters.commitMs.observe(counters.now() - began);
        if (outcomes.length > 0) counters.batches.observe(outcomes.length);
        counters.committed += batch.entries.length;
        const settled = outcomes.filter(({ outcome }) => outcome.kind === 'settled').length;
        // Edits of which nothing was left are settled too, and the batch says so for the first time.
        counters.resent += Math.max(0, settled - batch.settled.length);
      };
    },
    conflict() {
      counters.conflicts++;
    },
  };
}

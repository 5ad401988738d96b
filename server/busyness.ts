import { performance } from 'node:perf_hooks';

/** How long it is measured before the answer changes, in ms: several turns of a busy loop, and less than anybody notices. */
const WINDOW_MS = 100;

/**
 * Returns what tells how much of its recent time this thread's event loop had something to do: 0 is nothing, 1 all of it. `slept`: how
 * long it has slept by its own choice since the start, in ms, which the event loop takes for work.
 */
export function watchBusyness(slept: () => number): () => number {
  let sleptBefore = slept();
  let before = performance.eventLoopUtilization();
  let since = performance.now();
  let busy = 0;
  return () => {
    const now = performance.now();
    if (now - since >= WINDOW_MS) {
      const until = performance.eventLoopUtilization();
      const { active, idle } = performance.eventLoopUtilization(until, before);
      busy = Math.max(0, active - (slept() - sleptBefore)) / Math.max(1, active + idle);
      sleptBefore = slept();
      before = until;
      since = now;
    }
    return busy;
  };
}

import { performance } from 'node:perf_hooks';

/** How long it is measured before the answer changes, in ms: several turns of a busy loop, and less than anybody notices. */
const WINDOW_MS = 100;

/** Returns what tells how much of its recent time this thread's event loop had something to do: 0 is nothing, 1 all of it. */
export function watchBusyness(): () => number {
  let before = performance.eventLoopUtilization();
  let since = performance.now();
  let busy = 0;
  return () => {
    const now = performance.now();
    if (now - since >= WINDOW_MS) {
      const until = performance.eventLoopUtilization();
      busy = performance.eventLoopUtilization(until, before).utilization;
      before = until;
      since = now;
    }
    return busy;
  };
}

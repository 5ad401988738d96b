import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Latency } from './samples.ts';

/** How often the event loop is asked how late it is, in ms: its answers are as fine as this. Each time wakes an idle process. */
export const RESOLUTION_MS = 40;
const NS_PER_MS = 1_000_000;

/** How late the event loop was since it was asked last, in ms. */
export function watchEventLoop(): { read: () => Latency['loop']; stop: () => void } {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  return {
    read() {
      // What it measures is the whole time between two of its own timers.
      const late = (ns: number): number => Math.max(0, Math.round((10 * ns) / NS_PER_MS) / 10 - RESOLUTION_MS);
      const found = { p50: late(delay.percentile(50)), p99: late(delay.percentile(99)), max: late(delay.max) };
      delay.reset();
      return found;
    },
    stop: () => void delay.disable(),
  };
}

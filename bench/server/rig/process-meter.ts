import { readdirSync, readFileSync } from 'node:fs';
import { pause } from '../../../e2e/harness/eventually.ts';

const QUIET_MS = 500;
/** Of a core. An idle server takes half a hundredth, with its timers. */
const QUIET_SHARE = 0.05;

/**
 * CPU time that a process has used so far, in ms, all threads that are alive: what the scheduler counted, in nanoseconds,
 * because ticks of 10 ms are too coarse for phases of seconds. Linux only; throws if there is no such process.
 */
export function cpuOfThreads(pid: number): number {
  const folder = `/proc/${pid}/task`;
  return readdirSync(folder).reduce((sum, thread) => sum + (ranNs(`${folder}/${thread}/schedstat`) ?? 0), 0) / 1e6;
}

/** Waits until a process takes next to nothing for half a second, or for so long, in ms. */
export async function untilQuiet(pid: number, mostMs: number): Promise<void> {
  const until = performance.now() + mostMs;
  for (let before = cpuOfThreads(pid); performance.now() < until;) {
    await pause(QUIET_MS);
    const now = cpuOfThreads(pid);
    if (now - before < QUIET_MS * QUIET_SHARE) return;
    before = now;
  }
}

/** Resident memory of a process in KiB. Linux only. */
export function residentKib(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
}

function ranNs(path: string): number | null {
  try {
    return Number(readFileSync(path, 'utf8').split(' ', 1)[0]);
  } catch {
    // The thread ended meanwhile.
    return null;
  }
}

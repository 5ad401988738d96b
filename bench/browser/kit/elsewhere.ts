import { setPriority } from 'node:os';

/** The least that there is. */
const LEAST = 19;

/**
 * Gives a process that has just been started what the page leaves of the processors: in life it would run on another machine.
 * Threads that it starts are as modest.
 */
export function asIfElsewhere(pid: number): void {
  setPriority(pid, LEAST);
}

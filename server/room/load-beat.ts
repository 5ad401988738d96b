/** Up to this share of its time a server is at leisure: nobody waits for anybody. */
const LEISURE = 0.25;
/** From this share on rooms go as seldom as they may. What is left is for what comes in bursts, and for pages. */
const BUSY = 0.5;
/** Timers are no finer, in ms. */
const FINEST_MS = 1;

export interface LoadBeatOptions {
  /** How much of its time the server has something to do, from 0 to 1. */
  busy(): number;
  /** Rooms never have to wait longer, in ms. */
  longestMs: number;
  /** Milliseconds of a clock that is never set back. */
  now(): number;
  after(ms: number, run: () => void): void;
  /** Behind all that has arrived already. */
  soon(run: () => void): void;
}

/**
 * When rooms take what waits: at once while the server is at leisure, and ever more seldom the less time it has. What comes
 * meanwhile shares a turn, a write to the disk and a frame for each reader, so a busy server does more with the time it has, and those
 * who wait for an answer before they send on (all clients of ours do) send several letters as one edit.
 */
export function loadBeat({ busy, longestMs, now, after, soon }: LoadBeatOptions): (run: () => void) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (run) => {
    const load = Math.min(1, Math.max(0, (busy() - LEISURE) / (BUSY - LEISURE)));
    const wait = last + load * longestMs - now();
    const go = (): void => {
      last = now();
      run();
    };
    if (wait < FINEST_MS) soon(go);
    else after(wait, go);
  };
}

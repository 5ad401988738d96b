/** Up to so many messages a second nobody waits: next to nothing would share a turn. */
const SPARSE = 100;
/** From so many on they are handed on as seldom as they may be: a beat brings dozens. */
const DENSE = 200;
/** Up to this share of its time a server is at leisure: what few, dear messages take is no reason to wait either. */
const LEISURE = 0.25;
/** From this share on it is busy. What is left is for what comes in bursts, and for pages. */
const BUSY = 0.5;
/** How long messages are counted before the answer changes, in ms: several beats, and less than anybody notices. */
const WINDOW_MS = 100;
/** Timers are no finer, in ms. */
const FINEST_MS = 1;

export interface TrafficBeatOptions {
  /** How much of its time the server has something to do of late, from 0 to 1. */
  busy(): number;
  /** Nothing has to wait longer, in ms. */
  longestMs: number;
  /** Milliseconds of a clock that is never set back. */
  now(): number;
  after(ms: number, run: () => void): void;
  /** Behind all that has arrived already. */
  soon(run: () => void): void;
}

/**
 * When to hand on what arrives: at once on a quiet server, and the more seldom the more comes, or the less time there is. What
 * comes meanwhile shares a turn, a write to the disk and a frame for each reader, so a busy server does more with its time, and
 * those who wait for an answer before they send on (all clients of ours do) send several letters as one edit. Network cards
 * moderate their interrupts for the same reason. Whatever comes after a pause goes at once. What is run says how many messages it has
 * handed on. Returns in how many ms that will be; 0 is in this turn of the event loop.
 */
export function beatOfTraffic({
  busy,
  longestMs,
  now,
  after,
  soon,
}: TrafficBeatOptions): (run: () => number) => number {
  let last = Number.NEGATIVE_INFINITY;
  let since = now();
  let handed = 0;
  let perSecond = 0;

  function traffic(): number {
    const time = now() - since;
    if (time >= WINDOW_MS) {
      perSecond = (handed * 1_000) / time;
      since = now();
      handed = 0;
    }
    return perSecond;
  }

  return (run) => {
    const share = Math.max(between(SPARSE, DENSE, traffic()), between(LEISURE, BUSY, busy()));
    const wait = last + share * longestMs - now();
    const go = (): void => {
      last = now();
      handed += run();
    };
    if (wait < FINEST_MS) {
      soon(go);
      return 0;
    }
    // A timer runs before what has arrived meanwhile is read, and that would wait for one beat more.
    after(wait, () => soon(go));
    return wait;
  };
}

/** How far `value` is on the way from one to the other, from 0 to 1. */
function between(from: number, to: number, value: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}

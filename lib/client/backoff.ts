/** The longest mean wait of the first try: short enough that a restarted server is hardly noticed. */
const FIRST_MS = 500;
/** Nobody waits longer than this for a network that is back, and a server that is down is not hammered. */
const LONGEST_MS = 30_000;

/**
 * How long to wait before reconnect number `attempt` (from 0): uniform below an exponentially growing bound, so that
 * the clients of a restarted server do not come back in step. "Full jitter" of Marc Brooker, "Exponential Backoff And
 * Jitter" (2015).
 *
 * `random` is uniform in [0, 1). Milliseconds.
 */
export function backoffDelay(attempt: number, random: () => number): number {
  const bound = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, attempt));
  return random() * bound;
}

/** How often a condition is looked at: quick enough not to add to a test's time, rare enough not to load the machine. */
const INTERVAL_MS = 20;

/**
 * Waits until `check` gives something other than undefined, false or null, and returns that. Whole-system tests cannot
 * hold the clock of another process; they wait for what they can see, never for a time.
 * Throws after `timeoutMs` with `what`, and with what `check` last threw.
 */
export async function eventually<T>(
  what: string,
  check: () => T | Promise<T>,
  timeoutMs = 20_000,
): Promise<Exclude<T, undefined | false | null>> {
  const deadline = performance.now() + timeoutMs;
  let last: unknown = 'it never came true';
  for (;;) {
    try {
      const value = await check();
      if (value !== undefined && value !== false && value !== null) {
        return value as Exclude<T, undefined | false | null>;
      }
    } catch (error) {
      last = error;
    }
    if (performance.now() > deadline) {
      throw new Error(`Waited ${timeoutMs} ms for ${what}: ${last instanceof Error ? last.message : String(last)}`);
    }
    await pause(INTERVAL_MS);
  }
}

/** Rejects if `promise` is not settled after `timeoutMs`. */
export async function within<T>(timeoutMs: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited ${timeoutMs} ms for ${what}.`)), timeoutMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Lets other things happen for `ms`: to spread a load over time, never to wait for a result. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

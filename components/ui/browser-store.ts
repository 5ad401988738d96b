/**
 * Small values kept in this browser. Storage can be full, blocked or absent (private windows, embedded pages):
 * reading then gives null and writing gives false, and the page works on without memory.
 */
export function readStored(key: string): unknown {
  try {
    const value = localStorage.getItem(key);
    return value === null ? null : (JSON.parse(value) as unknown);
  } catch {
    // Blocked storage throws, and so does a value that somebody else wrote: both mean "nothing known".
    return null;
  }
}

/** Keeps `value` under `key`; false if the browser would not. */
export function writeStored(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** Is this an object whose fields may be looked at? */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

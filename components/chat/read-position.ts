import { isRecord, readStored, writeStored } from '../ui/browser-store.ts';
import { valueStore } from '../ui/value-store.ts';

const READ_KEY = 'tandem:read';
/** More rooms than anybody chats in; those read longest ago are forgotten first. */
const MOST = 500;

/** Grows with every `rememberRead`. */
export const readChanges = valueStore(0);

/** Read once, for this is asked whenever the bar is drawn. */
let cached: Readonly<Record<string, unknown>> | null = null;

/** Number of the newest message of this room's chat that was read in this browser; null if it was never open here. */
export function readUpTo(token: string): number | null {
  cached ??= load();
  const n = cached[token];
  return typeof n === 'number' ? n : null;
}

/** Everything up to `n` was read. It never goes back. */
export function rememberRead(token: string, n: number): void {
  if (n <= (readUpTo(token) ?? -1)) return;
  // Another tab may have read elsewhere meanwhile.
  const others = Object.entries(load()).filter(([known]) => known !== token);
  cached = Object.fromEntries([...others.slice(1 - MOST), [token, n]]);
  writeStored(READ_KEY, cached);
  readChanges.set(readChanges.get() + 1);
}

function load(): Readonly<Record<string, unknown>> {
  const stored = readStored(READ_KEY);
  return isRecord(stored) ? stored : {};
}

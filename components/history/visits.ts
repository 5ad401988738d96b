import { isRecord, readStored, writeStored } from '../ui/browser-store.ts';

/** When this browser saw a room last, and how far it had come by then. */
export interface Visit {
  rev: number;
  /** Ms since 1970. */
  at: number;
}

const VISITS_KEY = 'tandem:visits';
/** More than anybody opens; the oldest are forgotten first. */
const MOST = 500;

export function lastVisit(token: string): Visit | null {
  return readVisit(readAll()[token]);
}

/** Remembers what was seen. False if the browser keeps nothing. */
export function rememberVisit(token: string, visit: Visit): boolean {
  const others = Object.entries(readAll()).filter(([known]) => known !== token);
  const kept = others.slice(Math.max(0, others.length - MOST + 1));
  return writeStored(VISITS_KEY, Object.fromEntries([...kept, [token, visit]]));
}

function readVisit(value: unknown): Visit | null {
  if (!isRecord(value)) return null;
  const { rev, at } = value;
  return typeof rev === 'number' && typeof at === 'number' ? { rev, at } : null;
}

function readAll(): Record<string, unknown> {
  const stored = readStored(VISITS_KEY);
  return isRecord(stored) ? stored : {};
}

import { every, type Clock } from './clock.ts';
import type { Log } from './log.ts';

/** What has happened since the start. Plain numbers that only grow, so that any reader can make rates of them. */
export interface Counters {
  /** Sessions that were let into a room. */
  joins: number;
  /** Edits taken into a room's queue, from sockets. */
  edits: number;
  /** Sessions ended by us, by the code of the `error` they were told. */
  ended: Record<string, number>;
  /** Messages and requests that were told to come later. */
  rateLimited: number;
  /** Sessions that were withheld entries because they read too slowly. */
  fellBehind: number;
  /** Clients that had another text than the server and healed (P4). */
  mismatches: number;
}

/** How often they are written into the log, in ms. */
const REPORT_MS = 60_000;

export function createCounters(): Counters {
  return { joins: 0, edits: 0, ended: {}, rateLimited: 0, fellBehind: 0, mismatches: 0 };
}

/** Counts a session that we ended for `code`. */
export function countEnd(counters: Counters, code: string): void {
  counters.ended[code] = (counters.ended[code] ?? 0) + 1;
}

/** Writes one line a minute, with what is so right now (`gauges`) beside the counters. Returns how to stop. */
export function reportCounters(
  counters: Readonly<Counters>,
  gauges: () => Record<string, number>,
  clock: Clock,
  log: Log,
): () => void {
  return every(clock, REPORT_MS, () => log.info({ ...gauges(), ...counters }, 'counters'));
}

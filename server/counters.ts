import { every, type Clock } from './clock.ts';
import type { Log } from './log.ts';
import { Buckets } from './metrics/buckets.ts';
import { KINDS_IN, KINDS_OUT, type KindIn, type KindOut } from './metrics/frame-kinds.ts';

/**
 * What has happened since the start. Plain numbers that only grow, so that counting costs an addition and any reader can
 * make rates of them: the log once a minute, `/metrics`, and the live dashboard.
 */
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
  /** Clients that came back and went on where they were. */
  resumed: number;
  /** Clients that came back and needed the whole text anew. */
  resyncs: number;
  /** Entries that became durable here. */
  committed: number;
  /** Appends that met entries of somebody else. */
  conflicts: number;
  /** Edits that came again after they were settled. */
  resent: number;
  /** Unlike the others this one falls too: who is in a room now by a socket, and requests under way. */
  readonly here: { ot: number; yjs: number; api: number };
  readonly messagesIn: Record<KindIn, number>;
  readonly messagesOut: Record<KindOut, number>;
  /** Payloads of frames, without what WebSocket and TCP add. */
  bytesIn: number;
  bytesOut: number;
  /** Answers over HTTP to what is ours (not to pages), by the first digit of their status. */
  readonly answers: Record<string, number>;
  /** Edits in one batch. */
  readonly batches: Buckets;
  /** From taking a batch to its being durable and told, tries included, in ms. */
  readonly commitMs: Buckets;
  /** From an edit's arrival to its being durable and told to everybody here, in ms. */
  readonly tellMs: Buckets;
  /** Milliseconds of a clock that is never set back, with fractions: for what lasts. */
  readonly now: () => number;
}

/** How often they are written into the log, in ms. */
const REPORT_MS = 60_000;
/** From what a fast disk needs to what nobody waits for, in ms: close together where most are, so that percentiles can be guessed. */
export const LATENCY_BOUNDS_MS = [
  0.5, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 300, 500, 750, 1_000, 2_000, 5_000,
  10_000,
];
/** A batch has at most some thousand edits: see `ServerLimits.batch`. */
const BATCH_BOUNDS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

export function createCounters(now: () => number = () => performance.now()): Counters {
  return {
    joins: 0,
    edits: 0,
    ended: {},
    rateLimited: 0,
    fellBehind: 0,
    mismatches: 0,
    resumed: 0,
    resyncs: 0,
    committed: 0,
    conflicts: 0,
    resent: 0,
    here: { ot: 0, yjs: 0, api: 0 },
    messagesIn: zeros(KINDS_IN),
    messagesOut: zeros(KINDS_OUT),
    bytesIn: 0,
    bytesOut: 0,
    answers: { '2xx': 0, '3xx': 0, '4xx': 0, '5xx': 0 },
    batches: new Buckets(BATCH_BOUNDS),
    commitMs: new Buckets(LATENCY_BOUNDS_MS),
    tellMs: new Buckets(LATENCY_BOUNDS_MS),
    now,
  };
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
  return every(clock, REPORT_MS, () => {
    const { joins, edits, ended, rateLimited, fellBehind, mismatches, resumed, resyncs, committed, conflicts } =
      counters;
    const happened = {
      joins,
      edits,
      ended,
      rateLimited,
      fellBehind,
      mismatches,
      resumed,
      resyncs,
      committed,
      conflicts,
    };
    log.info({ ...gauges(), ...happened }, 'counters');
  });
}

function zeros<Kind extends string>(kinds: readonly Kind[]): Record<Kind, number> {
  // One key for each of `kinds`, which `fromEntries` cannot say.
  return Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<Kind, number>;
}

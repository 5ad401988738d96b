import { squeezeLater } from '../packs/squeeze.ts';
import type { Call } from './calls.ts';
import { SqliteFailure, type Driver } from './driver.ts';
import { inTransaction } from './in-transaction.ts';
import { findJob, mayHaveJob, type PackJob } from './pack-job.ts';
import { createPackReader } from './pack-rows.ts';
import { REST_MS } from './room-rest.ts';
import { withoutWaiting } from './write-ahead-log.ts';

/** Where more is written meanwhile it is packed at once, so that rows never pile up: 280 KB of them. */
const ENTRIES_MOST = 4_096;
/** Work in one go, in ms: about what a commit takes. */
const SLICE_MS = 4;
/** Rooms that are looked at after a start in one go, and ms between two of those: 10,000 rooms take half a minute, unnoticed. */
const WALK_ROOMS = 32;
const WALK_MS = 100;

export interface Packer {
  /** Hears of calls that were written. */
  heard(calls: readonly Call[]): void;
  /** Hears of entries that came by the journal. */
  grew(room: string, entries: number): void;
  /** Does a slice of what is to be done. Never throws for the disk's sake. */
  work(): void;
  /** In how many ms there will be something to do; 0: now. Null: not before something is heard, or `ready` is called. */
  readonly wait: number | null;
}

export interface PackerOptions {
  now: () => number;
  /** What was compressed outside of this thread is there to be written. */
  ready: () => void;
  squeeze?: typeof squeezeLater;
}

type State =
  | { kind: 'idle' }
  | { kind: 'merging'; job: PackJob; steps: Generator<void, Uint8Array, void> }
  | { kind: 'squeezing'; job: PackJob }
  | { kind: 'writing'; job: PackJob; squeezed: Uint8Array; size: number };

interface Written {
  /** When it was heard last. */
  at: number;
  /** Entries since it was packed. */
  entries: number;
}

/**
 * Moves old entries of rooms from their rows into packs, small packs into large ones, and compresses texts: a little at a time,
 * between other work. What is taken away is deleted in the same transaction in which it is written anew, so after a crash
 * everything is there once. Whatever else changes what a job has read ends the job.
 */
export function createPacker(driver: Driver, { now, ready, squeeze = squeezeLater }: PackerOptions): Packer {
  const packs = createPackReader(driver);
  /** Rooms that are to be looked at, the one that has rested longest first. */
  const written = new Map<string, Written>();
  /** Those of them that cannot wait. */
  const crowded = new Set<string>();
  let state: State = { kind: 'idle' };
  /** The last room that was looked at since the start, and when it goes on; null: all were. */
  let walk: { after: string; at: number } | null = { after: '', at: now() };

  function touch(room: string, entries: number): void {
    const known = written.get(room);
    written.delete(room);
    written.set(room, { at: now(), entries: (known?.entries ?? 0) + entries });
    if ((known?.entries ?? 0) + entries >= ENTRIES_MOST) crowded.add(room);
  }

  function forget(room: string): void {
    written.delete(room);
    crowded.delete(room);
  }

  function heard(calls: readonly Call[]): void {
    for (const call of calls) {
      switch (call.method) {
        case 'append':
          touch(call.args[0], call.args[1].entries.length);
          break;
        case 'saveSnapshot':
        case 'redact':
        case 'deleteRoom':
          touch(call.args[0], 0);
          if (state.kind !== 'idle' && state.job.room === call.args[0]) state = { kind: 'idle' };
          break;
        default:
      }
    }
  }

  function work(): void {
    const room = state.kind === 'idle' ? nextRoom() : state.job.room;
    try {
      state = step(state, room);
    } catch (error) {
      state = { kind: 'idle' };
      if (room === null) throw error;
      forget(room);
      // A full disk, or another program that has locked the file: it is tried again. Whatever else it is, who reads the room hears of it.
      if (error instanceof SqliteFailure) touch(room, 0);
      else if (!(error instanceof Error)) throw error;
    }
  }

  function step(from: State, room: string | null): State {
    switch (from.kind) {
      case 'idle':
        return room === null ? look() : begin(room);
      case 'merging':
        return merge(from);
      case 'squeezing':
        return from;
      case 'writing':
        withoutWaiting(driver, () => inTransaction(driver, () => from.job.write(from.squeezed, from.size)));
        return { kind: 'idle' };
    }
  }

  function nextRoom(): string | null {
    for (const room of crowded) return room;
    for (const [room, { at }] of written) return at + REST_MS <= now() ? room : null;
    return null;
  }

  function begin(room: string): State {
    const atRest = (written.get(room)?.at ?? 0) + REST_MS <= now();
    const job = findJob(driver, packs, room, atRest);
    if (job) return { kind: 'merging', job, steps: job.steps() };
    crowded.delete(room);
    const known = written.get(room);
    if (atRest) forget(room);
    else if (known) known.entries = 0;
    return { kind: 'idle' };
  }

  function merge(from: State & { kind: 'merging' }): State {
    const until = performance.now() + SLICE_MS;
    for (let next = from.steps.next(); ; next = from.steps.next()) {
      if (next.done) return send(from.job, next.value);
      if (performance.now() >= until) return from;
    }
  }

  function send(job: PackJob, bytes: Uint8Array): State {
    const mine: State = { kind: 'squeezing', job };
    squeeze(bytes, (squeezed) => {
      // Something else has happened to the room meanwhile.
      if (state !== mine) return;
      if (squeezed instanceof Error) {
        state = { kind: 'idle' };
        forget(job.room);
      } else {
        state = { kind: 'writing', job, squeezed, size: bytes.length };
      }
      ready();
    });
    return mine;
  }

  /** Some rooms of before the start. */
  function look(): State {
    if (walk === null || walk.at > now()) return { kind: 'idle' };
    const sql = 'select id from rooms where id > ? order by id limit ?';
    const rooms = driver.all<{ id: string }>(sql, walk.after, WALK_ROOMS).map(({ id }) => id);
    const last = rooms.at(-1);
    walk = last === undefined ? null : { after: last, at: now() + WALK_MS };
    for (const room of rooms) if (!written.has(room) && mayHaveJob(driver, room)) touch(room, 0);
    return { kind: 'idle' };
  }

  function waitIdle(): number | null {
    if (crowded.size > 0) return 0;
    const [oldest] = written.values();
    const times = [...(oldest ? [oldest.at + REST_MS] : []), ...(walk ? [walk.at] : [])];
    return times.length === 0 ? null : Math.max(0, Math.min(...times) - now());
  }

  return {
    heard,
    grew: touch,
    work,
    get wait() {
      switch (state.kind) {
        case 'idle':
          return waitIdle();
        case 'merging':
        case 'writing':
          return 0;
        case 'squeezing':
          return null;
      }
    },
  };
}

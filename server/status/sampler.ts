import type { Counters } from '../counters.ts';
import { LATENCY_BOUNDS_MS } from '../counters.ts';
import { quantile, since, total } from '../metrics/buckets.ts';
import type { StorageMeter } from '../metrics/measured-storage.ts';
import { RoomActivity, type WatchedRoom } from './room-activity.ts';
import type { Latency, Percentiles, Sample, Topic } from './samples.ts';

/** Where the numbers come from. */
export interface SampleSources {
  node: string;
  version: string;
  counters: Counters;
  storage: StorageMeter;
  busUp: () => boolean;
  connections: () => number;
  rooms: { readonly size: number; loaded(): Iterable<WatchedRoom> };
  /** Since it was asked last. */
  loop: () => Latency['loop'];
  /** Bytes. */
  memory: () => number;
  isDraining: () => boolean;
}

/** What is kept of one moment, so that a later one can be compared with it. */
interface Moment {
  at: number;
  edits: number;
  messagesIn: number;
  messagesOut: number;
  bytesIn: number;
  bytesOut: number;
  tell: readonly number[];
  append: readonly number[];
}

/** Percentiles are of the last ten seconds: one second of a quiet server has too few edits to tell. */
const WINDOW = 10;

/** Makes samples of what was counted. Pure: the time comes in, and `look` is to be called once a second. */
export class Sampler {
  readonly #sources: SampleSources;
  readonly #startedAt: number;
  readonly #activity: RoomActivity;
  /** Oldest first, at most `WINDOW` and the newest. */
  #moments: Moment[];

  constructor(sources: SampleSources, now: number) {
    this.#sources = sources;
    this.#startedAt = now;
    this.#activity = new RoomActivity(now);
    this.#moments = [this.#moment(now)];
  }

  /** Keeps this second. `now`: ms since 1970. */
  look(now: number): void {
    this.#moments = [...this.#moments.slice(-WINDOW), this.#moment(now)];
  }

  /** What is to be said of `topic` after the newest look. */
  sample(topic: Topic): Sample {
    const { node, version, counters, storage, rooms } = this.#sources;
    const [last, newest] = [this.#moments.at(-2) ?? this.#first, this.#moments.at(-1) ?? this.#first];
    const head = { t: 'sample', node, at: newest.at } as const;
    const people = counters.here.ot + counters.here.yjs;
    switch (topic) {
      case 'traffic': {
        const rate = (key: 'edits' | 'messagesIn' | 'messagesOut' | 'bytesIn' | 'bytesOut'): number =>
          perSecond(newest[key] - last[key], newest.at - last.at);
        return {
          ...head,
          channel: 'traffic',
          rooms: rooms.size,
          people,
          connections: this.#sources.connections(),
          edits: rate('edits'),
          messagesIn: rate('messagesIn'),
          messagesOut: rate('messagesOut'),
          bytesIn: rate('bytesIn'),
          bytesOut: rate('bytesOut'),
        };
      }
      case 'latency':
        return {
          ...head,
          channel: 'latency',
          ack: percentiles(since(this.#first.tell, newest.tell)),
          loop: this.#sources.loop(),
        };
      case 'nodes':
        return {
          ...head,
          channel: 'nodes',
          role: this.#sources.isDraining() ? 'draining' : 'serving',
          rooms: rooms.size,
          people,
          memory: this.#sources.memory(),
          upMs: Math.max(0, newest.at - this.#startedAt),
          version,
        };
      case 'storage':
        return {
          ...head,
          channel: 'storage',
          up: storage.up,
          bus: this.#sources.busUp(),
          append: percentiles(since(this.#first.append, newest.append)),
          waiting: storage.waiting,
          failures: sum(storage.failures.values()),
        };
      case 'rooms':
        return { ...head, channel: 'rooms', rooms: this.#activity.look(rooms.loaded(), newest.at) };
    }
  }

  get #first(): Moment {
    const [first] = this.#moments;
    return first ?? this.#moment(this.#startedAt);
  }

  #moment(at: number): Moment {
    const { counters, storage } = this.#sources;
    return {
      at,
      edits: counters.committed,
      messagesIn: sum(Object.values(counters.messagesIn)),
      messagesOut: sum(Object.values(counters.messagesOut)),
      bytesIn: counters.bytesIn,
      bytesOut: counters.bytesOut,
      tell: [...counters.tellMs.counts],
      append: [...(storage.tookMs.get('append')?.counts ?? [])],
    };
  }
}

function percentiles(counts: readonly number[]): Percentiles | null {
  if (total(counts) === 0) return null;
  const at = (share: number): number => round(quantile(share, LATENCY_BOUNDS_MS, counts) ?? 0);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** 0 if no time has passed, or the clock was set back. */
function perSecond(count: number, ms: number): number {
  return ms > 0 ? round((count * 1_000) / ms) : 0;
}

function sum(numbers: Iterable<number>): number {
  let all = 0;
  for (const number of numbers) all += number;
  return all;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

import { LATENCY_BOUNDS_MS } from '../counters.ts';
import { StorageUnavailable, type Storage } from '../storage/storage.ts';
import { Buckets } from './buckets.ts';

/** How the storage does, by the names of its calls. */
export interface StorageMeter {
  /** How long each call took, those that failed included, in ms. */
  readonly tookMs: ReadonlyMap<string, Buckets>;
  /** Calls that the engine could not do. */
  readonly failures: ReadonlyMap<string, number>;
  /** Calls without an answer yet. */
  readonly waiting: number;
  /** The newest answers were no failures: of reading, and of writing, since a disk that is full can still be read. */
  readonly up: boolean;
}

/** Calls that change nothing. All others write. */
const READS: ReadonlySet<string> = new Set<keyof Storage>([
  'findLink',
  'heads',
  'listRooms',
  'links',
  'loadRoom',
  'entries',
  'marks',
  'snapshotBefore',
  'snapshotRevs',
  'loadLineage',
  'authors',
  'findDoor',
  'isBarred',
  'noteHeads',
  'chat',
  'threads',
  'thread',
  'versions',
]);

/** The storage with a look at the clock around each call. `now`: ms, never set back. */
export function measureStorage<Engine extends Storage>(
  storage: Engine,
  now: () => number,
): { storage: Engine; meter: StorageMeter } {
  const tookMs = new Map<string, Buckets>();
  const failures = new Map<string, number>();
  const works = { reads: true, writes: true };
  let waiting = 0;

  function bucketsOf(name: string): Buckets {
    const buckets = tookMs.get(name) ?? new Buckets(LATENCY_BOUNDS_MS);
    tookMs.set(name, buckets);
    return buckets;
  }

  /** Counted among the calls of `append`. */
  function measuredNow(appendNow: NonNullable<Storage['appendNow']>): NonNullable<Storage['appendNow']> {
    return (batches) => {
      const began = now();
      const durable = appendNow(batches);
      if (durable.includes(true)) bucketsOf('append').observe(now() - began);
      return durable;
    };
  }

  async function measured(name: string, call: () => unknown): Promise<unknown> {
    const buckets = bucketsOf(name);
    const kind = READS.has(name) ? 'reads' : 'writes';
    const began = now();
    waiting++;
    try {
      const answer = await call();
      works[kind] = true;
      return answer;
    } catch (error) {
      if (error instanceof StorageUnavailable) {
        works[kind] = false;
        failures.set(name, (failures.get(name) ?? 0) + 1);
      }
      throw error;
    } finally {
      waiting--;
      buckets.observe(now() - began);
    }
  }

  const wrapped = new Map<string | symbol, unknown>();
  const proxy = new Proxy(storage, {
    get(target, name) {
      const known = wrapped.get(name);
      if (known !== undefined) return known;
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function' || typeof name === 'symbol' || name === 'close' || name === 'stats')
        return member;
      if (name === 'appendNow') return measuredNow(member as NonNullable<Storage['appendNow']>);
      const call = (...given: unknown[]): Promise<unknown> =>
        measured(name, () => Reflect.apply(member, target, given) as unknown);
      wrapped.set(name, call);
      return call;
    },
  });
  return {
    storage: proxy,
    meter: {
      tookMs,
      failures,
      get waiting() {
        return waiting;
      },
      get up() {
        return works.reads && works.writes;
      },
    },
  };
}

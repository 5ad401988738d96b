import { CloseCode, ProtocolFault } from '../../lib/protocol/index.ts';
import { AddressBudgets } from '../../server/address-budgets.ts';
import type { Caller } from '../../server/caller.ts';
import { beatOfTraffic } from '../../server/beat-of-traffic.ts';
import { every, type Clock } from '../../server/clock.ts';
import { pollHeads } from '../../server/cluster/head-poll.ts';
import type { LossyBus } from '../../server/cluster/lossy-bus.ts';
import { createCounters } from '../../server/counters.ts';
import { yjsEndpoint, type Conversation } from '../../server/endpoint.ts';
import { Intake } from '../../server/intake.ts';
import type { ServerLimits } from '../../server/limits.ts';
import { OwnerDesk } from '../../server/links/owner-desk.ts';
import type { Log } from '../../server/log.ts';
import { Beat } from '../../server/room/beat.ts';
import { Together } from '../../server/room/together.ts';
import { frameOf } from '../../server/room/frame.ts';
import type { Room } from '../../server/room/room.ts';
import { Rooms } from '../../server/rooms.ts';
import { Session, type SessionDeps, type Wire } from '../../server/session.ts';
import { StorageUnavailable, type Storage } from '../../server/storage/storage.ts';
import { stranger } from '../../server/testing/callers.ts';
import type { YjsSessionDeps } from '../../server/yjs-gateway/yjs-session.ts';
import type { ServerEnd } from './ends.ts';
import type { SimulatedDisk } from './disk.ts';
import { ProcessClock } from './process-clock.ts';
import type { World } from './world.ts';

/** How often rooms are asked whether they are idle, in ms; production asks once a second, with longer waits for all else. */
const TICK_MS = 250;
/** Reconnections after a stop are spread over this window, in ms, as in production. */
const DRAIN_MS = 2_000;

/** What a node of several has besides. */
export interface Cluster {
  /** Joins the bus for one life. */
  join(clock: Clock): LossyBus;
  leave(bus: LossyBus): void;
  watch(storage: Storage): Storage;
}

/** One life of a server: the real rooms and sessions on a simulated clock and disk, from its start to its end. */
export class ServerProcess {
  readonly clock: ProcessClock;
  readonly rooms: Rooms;
  readonly storage: Storage;
  readonly desk: OwnerDesk;
  readonly #world: World;
  readonly #limits: ServerLimits;
  readonly #log: Log;
  readonly #disk: ReturnType<SimulatedDisk['open']>;
  readonly #intake: Intake;
  readonly #sessions = new Set<Conversation>();
  #resident = 0;
  #leaveCluster: () => void = () => undefined;
  /** Rooms whose Y.Doc was in memory when it was looked last. */
  #bridged: Room[] = [];

  /** `cluster`: null for a server that has the store for itself. */
  constructor(world: World, disk: SimulatedDisk, limits: ServerLimits, name: string, cluster: Cluster | null) {
    this.#world = world;
    this.#limits = limits;
    this.clock = new ProcessClock(world.scheduler);
    this.#disk = disk.open();
    this.storage = cluster ? cluster.watch(this.#disk.storage) : this.#disk.storage;
    this.#log = watchfulLog(world);
    const { storage, clock } = this;
    const log = this.#log;
    // Of its own for each life: what a server draws has to be new whenever it starts.
    const drawn = world.random(cluster ? `server ${name} ${world.elapsed}` : `server ${world.elapsed}`);
    const bus = cluster?.join(clock);
    const random = (): number => drawn.next();
    const beat = new Beat(clock, limits);
    const { appendNow } = storage;
    const pace = world.random(`pace ${world.elapsed}`);
    const busy = pace.int(2) === 0 ? 0 : pace.next();
    const schedule = beatOfTraffic({
      busy: () => busy,
      longestMs: limits.longestBeatMs,
      now: () => world.elapsed,
      after: (ms, run) => void clock.after(ms, run),
      soon: (run) => void clock.after(0, run),
    });
    this.#intake = new Intake({ schedule, now: () => world.elapsed });
    const together = appendNow ? new Together(appendNow, queueMicrotask) : null;
    this.rooms = new Rooms({ storage, clock, log, limits, random, beat, together, ...(bus && { cluster: { bus } }) });
    this.desk = new OwnerDesk({ storage, rooms: this.rooms, clock, limits });
    if (cluster && bus) {
      const { rooms } = this;
      const stop = pollHeads({ rooms, storage: this.#polled(storage), bus, clock, log });
      this.#leaveCluster = () => {
        stop();
        cluster.leave(bus);
      };
    }
    every(this.clock, TICK_MS, () => this.#tick());
  }

  /** Nothing is on its way to the disk. */
  get idle(): boolean {
    return this.#disk.idle;
  }

  /** Its machine slept for `ms`, or somebody set its clock. */
  jump(ms: number): void {
    this.#world.clocksAgree = this.#world.clocksAgree && ms === 0;
    this.clock.jump(ms);
  }

  accept(wire: Wire): ServerEnd<string> {
    const session = new Session(wire, this.#deps, this.#caller());
    const receive = (text: string): void => {
      if (session.isInside) this.#intake.take(session, text);
      else session.receive(text);
    };
    return { receive, closed: this.#opened(session) };
  }

  /** A socket of a Yjs client. Null if its address is none of ours. */
  acceptYjs(wire: Wire, url: string, limits: Partial<ServerLimits>): ServerEnd<Uint8Array> | null {
    const endpoint = yjsEndpoint({ ...this.#deps, limits: { ...this.#limits, ...limits } }, this.#limits);
    const session = endpoint.open(new URL(url))?.(wire, this.#caller(), '');
    if (!session) return null;
    return { receive: (frame) => session.receiveBinary(Buffer.from(frame)), closed: this.#opened(session) };
  }

  /** The end without warning. Its timers and its disk are gone; its sockets are the network's matter. */
  kill(): void {
    this.#leaveCluster();
    this.clock.kill();
    this.#disk.kill();
  }

  /** What `RunningServer.stop` does, sockets included. Resolves when everything queued is on disk. */
  async stop(): Promise<void> {
    this.#intake.flush();
    await Promise.all([...this.rooms.loaded()].map((room) => room.settled()));
    const farewell = frameOf({ t: 'drain', minMs: 0, maxMs: DRAIN_MS });
    const fault = new ProtocolFault('draining', CloseCode.DRAINING, 'This server is going away.');
    for (const session of this.#sessions) {
      session.send(farewell);
      session.end(fault);
    }
    await this.rooms.close();
    this.#leaveCluster();
    await this.storage.close();
  }

  /** The storage of the poll, which shows what nobody had told this node. */
  #polled(storage: Storage): Storage {
    return {
      ...storage,
      heads: async (ids) => {
        const heads = await storage.heads(ids);
        for (const room of this.rooms.loaded()) {
          const head = heads.get(room.id);
          if (head !== undefined && head > room.rev) this.#world.coverage.count('polledRevisions', head - room.rev);
        }
        return heads;
      },
    };
  }

  get #deps(): SessionDeps & YjsSessionDeps {
    const { rooms, clock } = this;
    return { rooms, clock, log: this.#log, limits: this.#limits, counters: createCounters() };
  }

  /** Every socket comes from an address of its own: what addresses share is not what is simulated here. */
  #caller(): Caller {
    return stranger(new AddressBudgets(this.clock, this.#limits).of(''));
  }

  /** Returns what to do when it is closed. */
  #opened(session: Conversation): () => void {
    this.#sessions.add(session);
    return () => {
      this.#intake.flush();
      this.#sessions.delete(session);
      session.closed();
    };
  }

  #tick(): void {
    this.rooms.tick();
    if (this.rooms.size < this.#resident) this.#world.coverage.count('unloads');
    this.#resident = this.rooms.size;
    const open = [...this.rooms.loaded()].filter((room) => room.bridge.isOpen);
    for (const room of this.#bridged) {
      if (!room.closed && !open.includes(room)) this.#world.coverage.count('forgottenDocs');
    }
    this.#bridged = open;
  }
}

/** Hears what the server says of itself: an error that is not the disk's is a violation. */
function watchfulLog(world: World): Log {
  const quiet = (): void => undefined;
  const error = (fields: unknown, message?: unknown): void => {
    const cause = causeOf(fields);
    if (cause === null || cause instanceof StorageUnavailable) return;
    world.fail('stumble', `${String(message)}: ${cause.stack ?? cause.message}`);
  };
  return { trace: quiet, debug: quiet, info: quiet, warn: quiet, error, fatal: error };
}

function causeOf(fields: unknown): Error | null {
  if (typeof fields !== 'object' || fields === null) return null;
  for (const value of Object.values(fields)) if (value instanceof Error) return value;
  return null;
}

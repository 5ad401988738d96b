import { CloseCode, ProtocolFault } from '../../lib/protocol/index.ts';
import { AddressBudgets } from '../../server/address-budgets.ts';
import { every } from '../../server/clock.ts';
import { createCounters } from '../../server/counters.ts';
import type { ServerLimits } from '../../server/limits.ts';
import type { Log } from '../../server/log.ts';
import { frameOf } from '../../server/room/frame.ts';
import { Rooms } from '../../server/rooms.ts';
import { Session, type Wire } from '../../server/session.ts';
import { StorageUnavailable, type Storage } from '../../server/storage/storage.ts';
import type { ServerEnd } from './connection.ts';
import type { SimulatedDisk } from './disk.ts';
import { ProcessClock } from './process-clock.ts';
import type { World } from './world.ts';

/** How often rooms are asked whether they are idle, in ms; production asks once a second, with longer waits for all else. */
const TICK_MS = 250;
/** Reconnections after a stop are spread over this window, in ms, as in production. */
const DRAIN_MS = 2_000;

/** One life of the server: the real rooms and sessions on a simulated clock and disk, from its start to its end. */
export class ServerProcess {
  readonly clock: ProcessClock;
  readonly rooms: Rooms;
  readonly storage: Storage;
  readonly #world: World;
  readonly #limits: ServerLimits;
  readonly #log: Log;
  readonly #disk: ReturnType<SimulatedDisk['open']>;
  readonly #sessions = new Set<Session>();
  #resident = 0;

  constructor(world: World, disk: SimulatedDisk, limits: ServerLimits) {
    this.#world = world;
    this.#limits = limits;
    this.clock = new ProcessClock(world.scheduler);
    this.#disk = disk.open();
    this.storage = this.#disk.storage;
    this.#log = watchfulLog(world);
    this.rooms = new Rooms({ storage: this.storage, clock: this.clock, log: this.#log, limits }, limits);
    every(this.clock, TICK_MS, () => this.#tick());
  }

  /** Nothing is on its way to the disk. */
  get idle(): boolean {
    return this.#disk.idle;
  }

  accept(wire: Wire): ServerEnd {
    const deps = {
      rooms: this.rooms,
      clock: this.clock,
      log: this.#log,
      limits: this.#limits,
      counters: createCounters(),
    };
    // Every socket comes from an address of its own: what addresses share is not what is simulated here.
    const session = new Session(wire, deps, new AddressBudgets(this.clock, this.#limits).of(''));
    this.#sessions.add(session);
    return {
      receive: (text) => session.receive(text),
      closed: () => {
        this.#sessions.delete(session);
        session.closed();
      },
    };
  }

  /** The end without warning. Its timers and its disk are gone; its sockets are the network's matter. */
  kill(): void {
    this.clock.kill();
    this.#disk.kill();
  }

  /** What `RunningServer.stop` does, sockets included. Resolves when everything queued is on disk. */
  async stop(): Promise<void> {
    await Promise.all([...this.rooms.loaded()].map((room) => room.settled()));
    const farewell = frameOf({ t: 'drain', minMs: 0, maxMs: DRAIN_MS });
    const fault = new ProtocolFault('draining', CloseCode.DRAINING, 'This server is going away.');
    for (const session of this.#sessions) {
      session.send(farewell);
      session.end(fault);
    }
    await this.rooms.close();
    await this.storage.close();
  }

  #tick(): void {
    this.rooms.tick();
    if (this.rooms.size < this.#resident) this.#world.coverage.count('unloads');
    this.#resident = this.rooms.size;
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

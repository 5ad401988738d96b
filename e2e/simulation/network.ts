import type { Socket, SocketHandlers } from '../../lib/client/index.ts';
import type { SeededRandom } from '../../lib/testing/index.ts';
import { Connection, type Told } from './connection.ts';
import type { Monitor } from './monitor.ts';
import type { ServerProcess } from './server-process.ts';
import { oneIn, waitAround, type World } from './world.ts';

/** Who is at the client's end. */
export interface Caller {
  readonly name: string;
  /** Its machine has no network. */
  offline: boolean;
}

/** All sockets, and the server that accepts them, if one is up. */
export class Network {
  server: ServerProcess | null = null;
  /** The server takes no new sockets, because it is stopping. */
  closing = false;
  readonly #world: World;
  readonly #random: SeededRandom;
  readonly #latencyMs: number;
  #open: { caller: Caller; connection: Connection }[] = [];

  constructor(world: World, latencyMs: number) {
    this.#world = world;
    this.#random = world.random('network');
    this.#latencyMs = latencyMs;
  }

  /** For `Environment.connect`. */
  connect(caller: Caller, handlers: SocketHandlers, monitor: Monitor): Socket {
    const connection = new Connection(this.#world, this.#random, this.#latencyMs, handlers, monitor);
    this.#open = this.#open.filter((one) => !one.connection.over);
    this.#open.push({ caller, connection });
    this.#world.scheduler.after(waitAround(this.#random, this.#latencyMs), () => this.#knock(caller, connection));
    return { send: (text) => connection.send(text), close: () => connection.close() };
  }

  /** Breaks the open connections of a caller. */
  cut(caller: Caller, told: Told): number {
    return this.#each(caller, (connection) => connection.cut(told));
  }

  stall(caller: Caller, direction: 'up' | 'down' | 'both', ms: number): number {
    return this.#each(caller, (connection) => connection.stall(direction, ms));
  }

  /** The server's process is gone. */
  serverDied(): void {
    this.server = null;
    this.closing = false;
    // Either its machine lives and tells everybody, or it is gone with the machine.
    const machineLives = !oneIn(this.#random, 5);
    for (const { connection } of this.#open) {
      if (!connection.over) connection.orphan(machineLives);
    }
  }

  #knock(caller: Caller, connection: Connection): void {
    const { server } = this;
    if (caller.offline) return oneIn(this.#random, 3) ? undefined : connection.refuse();
    if (!server || this.closing) return oneIn(this.#random, 5) ? undefined : connection.refuse();
    this.#world.scheduler.stir();
    connection.knock((wire) => server.accept(wire));
  }

  /** Calls `run` for each connection of the caller that is alive on both ends; returns how many. */
  #each(caller: Caller, run: (connection: Connection) => void): number {
    const alive = this.#open.filter((one) => one.caller === caller && one.connection.alive);
    for (const { connection } of alive) run(connection);
    return alive.length;
  }
}

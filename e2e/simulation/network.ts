import type { SeededRandom } from '../../lib/testing/index.ts';
import type { Wire } from '../../server/session.ts';
import { Connection, type Ear, type Told } from './connection.ts';
import type { FrameHandlers, ServerEnd } from './ends.ts';
import type { ServerProcess } from './server-process.ts';
import { oneIn, waitAround, type World } from './world.ts';

/** Who is at the client's end. */
export interface Caller {
  readonly name: string;
  /** Its machine has no network. */
  offline: boolean;
}

/** The client's end of a line. */
export interface Line<Frame> {
  send(frame: Frame): void;
  close(): void;
}

/** What the network itself does with a connection, whatever is spoken. */
type Cable = Pick<Connection<never>, 'over' | 'alive' | 'cut' | 'stall' | 'orphan'>;

/** All sockets, and the server that accepts them, if one is up. */
export class Network {
  server: ServerProcess | null = null;
  /** The server takes no new sockets, because it is stopping. */
  closing = false;
  readonly #world: World;
  readonly #random: SeededRandom;
  readonly #latencyMs: number;
  #open: { caller: Caller; connection: Cable }[] = [];

  constructor(world: World, latencyMs: number) {
    this.#world = world;
    this.#random = world.random('network');
    this.#latencyMs = latencyMs;
  }

  /** `accept`: what the server makes of the socket, once the handshake has reached it. */
  connect<Frame extends string | Uint8Array>(
    caller: Caller,
    handlers: FrameHandlers<Frame>,
    ear: Ear<Frame>,
    accept: (server: ServerProcess, wire: Wire) => ServerEnd<Frame> | null,
  ): Line<Frame> {
    const connection = new Connection(this.#world, this.#random, this.#latencyMs, handlers, ear);
    this.#open = this.#open.filter((one) => !one.connection.over);
    this.#open.push({ caller, connection });
    this.#world.scheduler.after(waitAround(this.#random, this.#latencyMs), () => {
      const { server } = this;
      if (caller.offline) return oneIn(this.#random, 3) ? undefined : connection.refuse();
      if (!server || this.closing) return oneIn(this.#random, 5) ? undefined : connection.refuse();
      this.#world.scheduler.stir();
      connection.knock((wire) => accept(server, wire));
    });
    return { send: (frame) => connection.send(frame), close: () => connection.close() };
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

  /** Calls `run` for each connection of the caller that is alive on both ends; returns how many. */
  #each(caller: Caller, run: (connection: Cable) => void): number {
    const alive = this.#open.filter((one) => one.caller === caller && one.connection.alive);
    for (const { connection } of alive) run(connection);
    return alive.length;
  }
}

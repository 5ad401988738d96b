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

/** A place for one node: its process, if one is up. */
export interface Host {
  readonly name: string;
  server: ServerProcess | null;
  /** The server takes no new sockets, because it is stopping. */
  closing: boolean;
}

interface Plugged {
  caller: Caller;
  connection: Cable;
  /** Where the balancer sent it. */
  host: Host;
}

/** All sockets, and the servers that accept them, as far as they are up. */
export class Network {
  /** One, or several that serve one store. */
  readonly hosts: readonly [Host, ...Host[]];
  readonly #world: World;
  readonly #random: SeededRandom;
  readonly #balancer: SeededRandom;
  readonly #latencyMs: number;
  #open: Plugged[] = [];
  /** Where each caller's last socket was accepted. */
  readonly #lastHost = new WeakMap<Caller, Host>();

  constructor(world: World, latencyMs: number, nodes: number) {
    const host = (index: number): Host => ({ name: `node-${index + 1}`, server: null, closing: false });
    this.#world = world;
    this.#random = world.random('network');
    this.#balancer = world.random('balancer');
    this.#latencyMs = latencyMs;
    this.hosts = [host(0), ...Array.from({ length: nodes - 1 }, (_, index) => host(index + 1))];
  }

  /** All that are up, those that are stopping included. */
  get servers(): ServerProcess[] {
    return this.hosts.flatMap(({ server }) => server ?? []);
  }

  /** One of those that take sockets and requests; null if there is none. */
  someServer(random: SeededRandom): ServerProcess | null {
    const [first, ...others] = this.hosts.filter(isOpen);
    if (!first) return null;
    return (others.length === 0 ? first : random.pick([first, ...others])).server;
  }

  /** Where the newest socket of a caller was accepted. */
  serverOf(caller: Caller): ServerProcess | null {
    return this.#lastHost.get(caller)?.server ?? null;
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
    const plugged: Plugged = { caller, connection, host: this.#balance() };
    this.#open.push(plugged);
    this.#world.scheduler.after(waitAround(this.#random, this.#latencyMs), () => {
      // The balancer may have noticed by now that this one is down, or not yet.
      if (!isOpen(plugged.host)) plugged.host = this.#balance();
      const { host } = plugged;
      const { server } = host;
      if (caller.offline) return oneIn(this.#random, 3) ? undefined : connection.refuse();
      if (!server || host.closing) return oneIn(this.#random, 5) ? undefined : connection.refuse();
      this.#world.scheduler.stir();
      this.#note(caller, host);
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

  /** A server's process is gone. */
  serverDied(host: Host): void {
    host.server = null;
    host.closing = false;
    // Either its machine lives and tells everybody, or it is gone with the machine.
    const machineLives = !oneIn(this.#random, 5);
    for (const one of this.#open) {
      if (one.host === host && !one.connection.over) one.connection.orphan(machineLives);
    }
  }

  /** It knows nothing of rooms, and so sends everybody anywhere. */
  #balance(): Host {
    return this.hosts.length === 1 ? this.hosts[0] : this.#balancer.pick(this.hosts);
  }

  #note(caller: Caller, host: Host): void {
    const last = this.#lastHost.get(caller);
    if (last && last !== host) this.#world.coverage.count('moves');
    this.#lastHost.set(caller, host);
  }

  /** Calls `run` for each connection of the caller that is alive on both ends; returns how many. */
  #each(caller: Caller, run: (connection: Cable) => void): number {
    const alive = this.#open.filter((one) => one.caller === caller && one.connection.alive);
    for (const { connection } of alive) run(connection);
    return alive.length;
  }
}

function isOpen({ server, closing }: Host): boolean {
  return server !== null && !closing;
}

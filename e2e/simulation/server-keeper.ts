import { ProtocolFault } from '../../lib/protocol/index.ts';
import type { SeededRandom } from '../../lib/testing/index.ts';
import { StorageUnavailable } from '../../server/storage/storage.ts';
import { openRoom } from '../../server/testing/callers.ts';
import type { Host } from './network.ts';
import type { RestCaller } from './rest-caller.ts';
import { ServerProcess, type Cluster } from './server-process.ts';
import type { Stage } from './stage.ts';
import { oneIn, waitAround } from './world.ts';

/** How long a server is away after a crash on average, in ms. */
const DOWN_MS = 700;
/** A graceful stop that takes longer is killed, in ms, as a supervisor does. */
const STOP_MS = 10_000;
/** Of several nodes one goes, or all at once: once in so many times. */
const ALL_ONE_IN = 6;

/** Starts servers, ends them in every way there is, and starts them again. */
export class ServerKeeper {
  readonly #stage: Stage;
  readonly #rest: RestCaller;
  readonly #random: SeededRandom;
  /** Which of several nodes is meant. */
  readonly #choice: SeededRandom;
  readonly #sideToken: string;

  constructor(stage: Stage, rest: RestCaller, sideToken: string) {
    this.#stage = stage;
    this.#rest = rest;
    this.#sideToken = sideToken;
    this.#random = stage.world.random('keeper');
    this.#choice = stage.world.random('which node');
    this.ensureUp();
  }

  /** Starts all that are down. */
  ensureUp(): void {
    for (const host of this.#stage.network.hosts) this.#start(host);
  }

  /** Between any two steps: kill -9, or the power. One of several nodes, or all. */
  crash(): void {
    for (const host of this.#chosen()) this.#crash(host);
  }

  crashAll(): void {
    for (const host of this.#stage.network.hosts) this.#crash(host);
  }

  /** SIGTERM, for one of several nodes, or for all. */
  stop(): void {
    for (const host of this.#chosen()) this.#stop(host);
  }

  /** Somebody looks into another room for `ms`, which may push ours out of memory. */
  visitSideRoom(ms: number): void {
    const { network, world } = this.#stage;
    const server = network.someServer(this.#choice);
    if (!server) return;
    world.scheduler.stir();
    openRoom(server.rooms, this.#sideToken, 'never')
      .then((lease) => {
        world.scheduler.after(ms, () => lease?.release());
      })
      .catch((error: unknown) => {
        if (error instanceof ProtocolFault || error instanceof StorageUnavailable) return;
        world.fail('stumble', `Another room cannot be opened: ${String(error)}`);
      });
  }

  #chosen(): readonly Host[] {
    const { hosts } = this.#stage.network;
    if (hosts.length === 1 || oneIn(this.#choice, ALL_ONE_IN)) return hosts;
    return [this.#choice.pick(hosts)];
  }

  #start(host: Host): void {
    const { world, disk, traits } = this.#stage;
    if (host.server) return;
    world.trace(() => `${host.name}  starts`);
    host.server = new ServerProcess(world, disk, traits.limits, host.name, this.#cluster(host));
    if (traits.cluster) world.coverage.count('nodeStarts');
  }

  #cluster({ name }: Host): Cluster | null {
    const { cluster } = this.#stage;
    if (!cluster) return null;
    return {
      join: (clock) => cluster.bus.join(name, clock),
      leave: (bus) => cluster.bus.leave(bus),
      watch: (storage) => cluster.races.watch(name, storage),
    };
  }

  #crash(host: Host): void {
    const { world } = this.#stage;
    if (!host.server) return;
    world.trace(() => `${host.name}  crashes`);
    world.coverage.count('crashes');
    this.#bury(host, host.server);
    world.scheduler.after(waitAround(this.#random, DOWN_MS), () => this.#start(host));
  }

  #stop(host: Host): void {
    const { world } = this.#stage;
    const { server } = host;
    if (!server || host.closing) return;
    world.trace(() => `${host.name}  is told to stop`);
    world.coverage.count('gracefulStops');
    host.closing = true;
    world.scheduler.stir();
    const ended = (): void => {
      if (host.server !== server) return;
      this.#bury(host, server);
      world.scheduler.after(waitAround(this.#random, DOWN_MS), () => this.#start(host));
    };
    world.scheduler.after(STOP_MS, ended);
    server.stop().then(ended, (error: unknown) => {
      world.fail('stumble', `Stopping failed: ${String(error)}`);
    });
  }

  #bury(host: Host, server: ServerProcess): void {
    const { network, cluster } = this.#stage;
    server.kill();
    cluster?.races.died(host.name);
    this.#rest.serverDied(server);
    network.serverDied(host);
  }
}

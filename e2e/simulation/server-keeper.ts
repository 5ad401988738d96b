import { ProtocolFault } from '../../lib/protocol/index.ts';
import type { SeededRandom } from '../../lib/testing/index.ts';
import { StorageUnavailable } from '../../server/storage/storage.ts';
import { openRoom } from '../../server/testing/callers.ts';
import type { RestCaller } from './rest-caller.ts';
import { ServerProcess } from './server-process.ts';
import type { Stage } from './stage.ts';
import { waitAround } from './world.ts';

/** How long the server is away after a crash on average, in ms. */
const DOWN_MS = 700;
/** A graceful stop that takes longer is killed, in ms, as a supervisor does. */
const STOP_MS = 10_000;

/** Starts the server, ends it in every way there is, and starts it again. */
export class ServerKeeper {
  readonly #stage: Stage;
  readonly #rest: RestCaller;
  readonly #random: SeededRandom;
  readonly #sideToken: string;

  constructor(stage: Stage, rest: RestCaller, sideToken: string) {
    this.#stage = stage;
    this.#rest = rest;
    this.#sideToken = sideToken;
    this.#random = stage.world.random('keeper');
    this.ensureUp();
  }

  ensureUp(): void {
    const { network, world, disk, traits } = this.#stage;
    if (network.server) return;
    world.trace(() => 'server  starts');
    network.server = new ServerProcess(world, disk, traits.limits);
  }

  /** Between any two steps: kill -9, or the power. */
  crash(): void {
    const { network, world } = this.#stage;
    if (!network.server) return;
    world.trace(() => 'server  crashes');
    world.coverage.count('crashes');
    this.#bury(network.server);
    world.scheduler.after(waitAround(this.#random, DOWN_MS), () => this.ensureUp());
  }

  /** SIGTERM. */
  stop(): void {
    const { network, world } = this.#stage;
    const { server } = network;
    if (!server || network.closing) return;
    world.coverage.count('gracefulStops');
    network.closing = true;
    world.scheduler.stir();
    const ended = (): void => {
      if (network.server !== server) return;
      this.#bury(server);
      world.scheduler.after(waitAround(this.#random, DOWN_MS), () => this.ensureUp());
    };
    world.scheduler.after(STOP_MS, ended);
    server.stop().then(ended, (error: unknown) => {
      world.fail('stumble', `Stopping failed: ${String(error)}`);
    });
  }

  /** Somebody looks into another room for `ms`, which may push ours out of memory. */
  visitSideRoom(ms: number): void {
    const { network, world } = this.#stage;
    const { server } = network;
    if (!server || network.closing) return;
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

  #bury(server: ServerProcess): void {
    server.kill();
    this.#rest.serverDied();
    this.#stage.network.serverDied();
  }
}

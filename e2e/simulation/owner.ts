import { ProtocolFault } from '../../lib/protocol/index.ts';
import type { SeededRandom } from '../../lib/testing/index.ts';
import type { Room } from '../../server/room/room.ts';
import { StorageUnavailable } from '../../server/storage/storage.ts';
import { openRoom } from '../../server/testing/callers.ts';
import type { ServerProcess } from './server-process.ts';
import type { Stage } from './stage.ts';
import { waitAround } from './world.ts';

/** A room stays locked for so long on average, in ms. */
const LOCKED_MS = 1_500;
/** What did not work is tried again after this long, in ms. */
const AGAIN_MS = 300;

/** Locks the room now and then, by the desk of any node, and always opens it again. */
export class Owner {
  readonly #stage: Stage;
  readonly #random: SeededRandom;
  /** A wish is not granted yet, or the room locked. */
  #wanted = false;
  /** Whom it is asking now. */
  #asking: { server: ServerProcess } | null = null;
  /** The room, where the last wish was granted, and no other has been made since. */
  #granted: Room | null = null;
  #resting = false;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#random = stage.world.random('owner');
    if (stage.traits.lockEveryMs > 0) this.#lockLater();
    else this.#resting = true;
  }

  /** The room is open, for good. */
  get rests(): boolean {
    return this.#resting && !this.#wanted && !this.#isAsking;
  }

  /** From now on nothing is locked; the room is opened again, for a backup may have brought back a lock. */
  rest(): void {
    if (this.#resting) return;
    this.#resting = true;
    this.#openLast();
  }

  #openLast(): void {
    if (!this.#stage.ledger()) return;
    if (this.#wanted) {
      this.#stage.world.scheduler.after(AGAIN_MS, () => this.#openLast());
      return;
    }
    this.#wanted = true;
    this.#set(false, () => {
      this.#wanted = false;
    });
  }

  /** A server that died does not answer. */
  get #isAsking(): boolean {
    return this.#asking !== null && this.#stage.network.servers.includes(this.#asking.server);
  }

  #lockLater(): void {
    const { world, traits } = this.#stage;
    world.scheduler.after(waitAround(this.#random, traits.lockEveryMs), () => {
      if (this.#resting) return;
      if (!this.#stage.ledger()) return this.#lockLater();
      world.coverage.count('locks');
      this.#wanted = true;
      this.#set(true, () => {
        world.scheduler.after(waitAround(this.#random, LOCKED_MS), () => this.#open());
      });
    });
  }

  #open(): void {
    const { world } = this.#stage;
    const room = this.#granted;
    if (room && !room.closed && !room.meta.locked)
      world.fail('P8', 'The owner was told that the room is locked, and its node holds it open.');
    this.#set(false, () => {
      this.#wanted = false;
      this.#lockLater();
    });
  }

  /** Asks until it is done. */
  #set(locked: boolean, done: () => void): void {
    const { network, world, room } = this.#stage;
    const again = (): void => {
      world.scheduler.after(AGAIN_MS, () => this.#set(locked, done));
    };
    if (this.#isAsking) return again();
    const server = network.someServer(this.#random);
    if (!server) return again();
    world.trace(() => `owner   ${locked ? 'locks' : 'opens'} the room`);
    const asking = { server };
    this.#asking = asking;
    this.#granted = null;
    world.scheduler.stir();
    this.#ask(server, room.owner === '' ? room.edit : room.owner, locked).then(
      (granted) => {
        this.#asking = null;
        this.#granted = granted;
        if (granted) done();
        else again();
      },
      (error: unknown) => {
        this.#asking = null;
        again();
        // Both are answers that a page gets, and may ask again.
        if (error instanceof ProtocolFault || error instanceof StorageUnavailable) return;
        world.fail('stumble', `The owner’s wish failed: ${String(error)}`);
      },
    );
    const watch = (): void => {
      world.scheduler.after(AGAIN_MS, () => {
        if (this.#asking !== asking) return;
        // Whoever waits for an answer that never comes asks another.
        if (this.#isAsking) watch();
        else this.#set(locked, done);
      });
    };
    watch();
  }

  async #ask(server: ServerProcess, token: string, locked: boolean): Promise<Room | null> {
    const lease = await openRoom(server.rooms, token, 'never');
    if (!lease) return null;
    try {
      if (!lease.room.exists) return null;
      await server.desk.lock(lease.room, locked);
      return lease.room;
    } finally {
      lease.release();
    }
  }
}

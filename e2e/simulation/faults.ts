import type { SeededRandom } from '../../lib/testing/index.ts';
import type { DiskState } from './disk-state.ts';
import type { Told } from './connection.ts';
import { Impostor } from './impostor.ts';
import type { People } from './people.ts';
import type { Screen } from './screen.ts';
import type { ServerKeeper } from './server-keeper.ts';
import type { Stage } from './stage.ts';
import type { FaultKind } from './traits.ts';
import { drawToken, oneIn, waitAround } from './world.ts';

/** How long troubles last on average, in ms; all are over when the time of trouble is. */
const OUTAGE_MS = 1_500;
/** Somebody who is back at once is so within this, in ms. */
const BOUNCE_MS = 300;

/** Breaks things at random moments, until told to stop. */
export class Faults {
  readonly #stage: Stage;
  readonly #people: People;
  readonly #keeper: ServerKeeper;
  readonly #random: SeededRandom;
  #over = false;
  #backup: ReturnType<DiskState['backup']> = null;

  constructor(stage: Stage, people: People, keeper: ServerKeeper) {
    this.#stage = stage;
    this.#people = people;
    this.#keeper = keeper;
    this.#random = stage.world.random('faults');
    this.#later();
  }

  /** Everything is mended, and nothing breaks any more. */
  end(): void {
    this.#over = true;
    this.#stage.disk.health = { kind: 'well' };
    for (const screen of this.#people.screens) {
      screen.offline = false;
      if (screen.device) screen.device.health = 'well';
      if (oneIn(this.#random, 2)) screen.tell('online');
    }
    this.#keeper.ensureUp();
  }

  #later(): void {
    const { world, traits } = this.#stage;
    world.scheduler.after(waitAround(this.#random, traits.faultEveryMs), () => {
      if (this.#over) return;
      const kind = this.#random.pick(traits.faults);
      world.trace(() => `fault   ${kind}`);
      world.coverage.count('faults');
      this.#strike(kind);
      this.#later();
    });
  }

  #strike(kind: FaultKind): void {
    const { world, network, disk } = this.#stage;
    const { coverage } = world;
    const random = this.#random;
    const screen = random.pick(this.#people.screens);
    switch (kind) {
      case 'cut': {
        const told = random.pick<Told>(['both', 'both', 'both', 'client', 'client', 'server', 'nobody']);
        coverage.count(told === 'both' ? 'cuts' : 'halfOpen', network.cut(screen, told));
        return;
      }
      case 'bounce':
        // Back before the server has got anywhere with what was sent.
        coverage.count('bounces', network.cut(screen, random.pick<Told>(['both', 'client'])));
        world.scheduler.after(random.next() * BOUNCE_MS, () => screen.tell('online'));
        return;
      case 'stall': {
        const direction = random.pick(['up', 'down', 'both'] as const);
        coverage.count('stalls', network.stall(screen, direction, waitAround(random, OUTAGE_MS)));
        return;
      }
      case 'offline':
        coverage.count('offlines');
        return this.#goOffline(screen, waitAround(random, 2 * OUTAGE_MS));
      case 'freeze':
        coverage.count('freezes');
        return screen.freeze(waitAround(random, OUTAGE_MS));
      case 'crash':
        return this.#keeper.crash();
      case 'stop':
        return this.#keeper.stop();
      case 'diskFails':
        disk.health = { kind: 'failing', oneIn: 1 + random.int(4) };
        return this.#mendDiskLater();
      case 'diskFull':
        disk.health = { kind: 'full' };
        return this.#mendDiskLater();
      case 'clockJump':
        coverage.count('clockJumps');
        network.someServer(random)?.jump(random.pick([1_000, 20_000, 200_000]));
        return;
      case 'impostor':
        coverage.count('impostors');
        new Impostor(this.#stage, screen, waitAround(random, OUTAGE_MS));
        return;
      case 'closeTab':
        return this.#people.replace(screen, 'closed');
      case 'killTab':
        return this.#people.replace(screen, oneIn(random, 4) ? 'powerless' : 'killed');
      case 'journalFails':
        coverage.count('journalFailures', screen.device ? 1 : 0);
        return this.#failJournal(screen, waitAround(random, 2 * OUTAGE_MS));
      case 'networkEvent':
        return screen.tell(random.pick(['online', 'offline', 'visible'] as const));
      case 'sideRoom':
        return this.#keeper.visitSideRoom(waitAround(random, OUTAGE_MS));
      case 'everybodyLeaves': {
        const ms = waitAround(random, OUTAGE_MS);
        for (const one of this.#people.screens) this.#goOffline(one, ms + random.int(300));
        return;
      }
      case 'restore':
        return this.#restore();
    }
  }

  #goOffline(screen: Screen, ms: number): void {
    const random = this.#random;
    screen.offline = true;
    this.#stage.network.cut(screen, random.pick<Told>(['both', 'client', 'nobody']));
    if (oneIn(random, 2)) screen.tell('offline');
    this.#stage.world.scheduler.after(ms, () => {
      screen.offline = false;
      if (oneIn(random, 2)) screen.tell('online');
    });
  }

  #failJournal({ device }: Screen, ms: number): void {
    if (!device) return;
    device.health = this.#random.pick(['refusing', 'stuck'] as const);
    this.#stage.world.scheduler.after(ms, () => {
      device.health = 'well';
    });
  }

  #mendDiskLater(): void {
    this.#stage.world.scheduler.after(waitAround(this.#random, OUTAGE_MS), () => {
      this.#stage.disk.health = { kind: 'well' };
    });
  }

  /** The first time a backup is made; the second time it takes the place of the room, under a new epoch. */
  #restore(): void {
    const { disk, ledger, replica, roomId, tokens, traits, world } = this.#stage;
    const witness = ledger();
    if (!witness) return;
    const backup = this.#backup;
    if (!backup) {
      // A backup that the Y.Doc is behind of cannot know which of its words Yjs clients will have been told meanwhile.
      if (traits.yjs && (replica.root === null || !replica.covers)) return;
      this.#backup = disk.state.backup(roomId());
      return;
    }
    this.#backup = null;
    this.#keeper.crashAll();
    const epoch = drawToken(this.#random);
    disk.state.restore(backup, epoch);
    const lost = witness.restore(backup.entries.length, backup.authors, epoch);
    tokens.doubtTyped(lost.typed);
    tokens.doubtDeleted(lost.deleted);
    if (traits.yjs) {
      // Yjs clients bring back what was lost, others' words too, and so may those who are not told that theirs were taken.
      witness.letGo(lost.typed);
      tokens.letGo(lost.typed);
      replica.restore(backup.lineage?.root ?? null, backup.entries);
      world.coverage.count('yjsRestores');
    }
    world.coverage.count('restores');
  }
}

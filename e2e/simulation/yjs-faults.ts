import type { SeededRandom } from '../../lib/testing/index.ts';
import type { Told } from './connection.ts';
import type { Stage } from './stage.ts';
import { oneIn, waitAround } from './world.ts';
import type { YjsPeople } from './yjs-people.ts';
import type { YjsScreen } from './yjs-screen.ts';

/** How long troubles last on average, in ms. */
const OUTAGE_MS = 1_500;
/** Longer than the Y.Doc of a room stays in memory without a Yjs client, in ms. */
const FORGOTTEN_MS = 65_000;

const KINDS = [
  'cut',
  'cut',
  'cut',
  'bounce',
  'bounce',
  'stall',
  'stall',
  'offline',
  'offline',
  'freeze',
  'close',
  'kill',
  'allLeave',
  'longAway',
  'crowd',
] as const;

/** Breaks things for Yjs clients at random moments, until told to stop. */
export class YjsFaults {
  readonly #stage: Stage;
  readonly #people: YjsPeople;
  readonly #random: SeededRandom;
  #over = false;

  constructor(stage: Stage, people: YjsPeople) {
    this.#stage = stage;
    this.#people = people;
    this.#random = stage.world.random('yjs faults');
    this.#later();
  }

  end(): void {
    this.#over = true;
    for (const screen of this.#people.screens) screen.offline = false;
  }

  #later(): void {
    const { world, traits } = this.#stage;
    world.scheduler.after(waitAround(this.#random, 2 * traits.faultEveryMs), () => {
      if (this.#over) return;
      const kind = this.#random.pick(KINDS);
      if (this.#people.screens.length > 0) {
        world.trace(() => `fault   yjs ${kind}`);
        this.#strike(kind, this.#random.pick(this.#people.screens));
      }
      this.#later();
    });
  }

  #strike(kind: (typeof KINDS)[number], screen: YjsScreen): void {
    const { world, network } = this.#stage;
    const { coverage } = world;
    const random = this.#random;
    switch (kind) {
      case 'cut': {
        const told = random.pick<Told>(['both', 'client', 'client', 'server', 'nobody']);
        coverage.count(told === 'both' ? 'yjsCuts' : 'yjsHalfOpen', network.cut(screen, told));
        return;
      }
      case 'bounce':
        // It is back before the server knows that it was gone.
        coverage.count('yjsHalfOpen', network.cut(screen, 'client'));
        return;
      case 'stall':
        coverage.count('yjsStalls', network.stall(screen, random.pick(['up', 'down', 'both']), this.#ms()));
        return;
      case 'offline':
        return this.#goOffline(screen, 2 * this.#ms());
      case 'freeze':
        coverage.count('yjsFreezes');
        return screen.freeze(this.#ms());
      case 'close':
        return this.#people.replace(screen, 'closed');
      case 'kill':
        return this.#people.replace(screen, 'killed');
      case 'allLeave': {
        const ms = this.#ms();
        for (const one of this.#people.screens) this.#goOffline(one, ms + random.int(300));
        return;
      }
      case 'longAway':
        return this.#forget();
      case 'crowd':
        coverage.count('yjsCrowds');
        for (const one of this.#people.screens.slice()) this.#people.replace(one, 'killed');
    }
  }

  #ms(): number {
    return waitAround(this.#random, OUTAGE_MS);
  }

  #goOffline(screen: YjsScreen, ms: number): void {
    this.#stage.world.coverage.count('yjsOfflines');
    screen.offline = true;
    this.#stage.network.cut(screen, this.#random.pick<Told>(['both', 'client', 'nobody']));
    this.#stage.world.scheduler.after(ms, () => {
      screen.offline = false;
    });
  }

  /** All are away for so long that the server lets go of the Y.Doc, and some go on writing. */
  #forget(): void {
    const { world, network } = this.#stage;
    for (const one of this.#people.screens) {
      one.offline = true;
      network.cut(one, 'both');
    }
    world.scheduler.after(2_000, () => {
      const ms = oneIn(this.#random, 3) ? 0 : FORGOTTEN_MS;
      for (const server of network.servers) server.jump(ms);
      world.scheduler.after(500 + this.#ms(), () => {
        for (const one of this.#people.screens) one.offline = false;
      });
    });
  }
}

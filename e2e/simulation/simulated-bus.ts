import type { SeededRandom } from '../../lib/testing/index.ts';
import type { Bus } from '../../server/cluster/bus.ts';
import { LocalHub } from '../../server/cluster/local-bus.ts';
import { createLossyBus, type LossyBus } from '../../server/cluster/lossy-bus.ts';
import type { Clock } from '../../server/clock.ts';
import type { ClusterTraits } from './cluster-traits.ts';
import { oneIn, waitAround, type World } from './world.ts';

/** How long the bus is down for somebody on average, in ms. */
const DOWN_MS = 3_000;
/** A chance that nothing is less likely than: nothing is lost or doubled, and all delays are the same. */
const NEVER = 1 - 2 ** -32;

/** What the nodes of a history hear each other by, with everything that may happen to it. */
export class SimulatedBus {
  readonly #world: World;
  readonly #traits: ClusterTraits;
  readonly #random: SeededRandom;
  readonly #hub: LocalHub;
  #nodes: LossyBus[] = [];
  #joined = 0;
  #mended = false;

  constructor(world: World, traits: ClusterTraits) {
    this.#world = world;
    this.#traits = traits;
    this.#random = world.random('bus');
    this.#hub = new LocalHub({
      defer: (run) => {
        world.scheduler.after(0, run);
      },
      failed: (error) => world.fail('stumble', `Who hears the bus stumbled: ${String(error)}`),
    });
    if (traits.cutEveryMs > 0) this.#cutLater();
  }

  /** A process joins, under a name that nobody had before. What is under way to it runs on its clock, and dies with that. */
  join(name: string, clock: Clock): LossyBus {
    const { down, bus: lossiness } = this.#traits;
    const draw = new Draw(this.#random, lossiness.lose, () => this.#mended, this.#world);
    const bus = createLossyBus(draw.watched(this.#hub.join(`${name}.${++this.#joined}`)), lossiness, draw, clock);
    this.#nodes.push(bus);
    if (down && !this.#mended) {
      this.#world.coverage.count('busDownSpells');
      bus.cut();
    }
    return bus;
  }

  /** The process has gone. */
  leave(bus: LossyBus): void {
    this.#nodes = this.#nodes.filter((one) => one !== bus);
    void bus.close();
  }

  /** From now on it is up, and everything comes, once and in order. */
  mend(): void {
    this.#mended = true;
    this.#world.scheduler.stir();
    for (const node of this.#nodes) node.heal();
  }

  #cutLater(): void {
    const { scheduler, coverage } = this.#world;
    const random = this.#random;
    scheduler.after(waitAround(random, this.#traits.cutEveryMs), () => {
      if (this.#mended) return;
      this.#cutLater();
      if (this.#traits.down || this.#nodes.length === 0) return;
      const cut = oneIn(random, 3) ? this.#nodes : [random.pick(this.#nodes)];
      this.#world.trace(() => `bus     is down for ${cut.map(({ node }) => node).join(' ')}`);
      coverage.count('busDownSpells', cut.length);
      for (const node of cut) node.cut();
      scheduler.after(waitAround(random, DOWN_MS), () => {
        scheduler.stir();
        for (const node of cut) node.heal();
      });
    });
  }
}

/** What a lossy bus draws of chance. Its first question about a message is whether that is lost. */
class Draw {
  readonly #random: SeededRandom;
  readonly #lose: number;
  readonly #isMended: () => boolean;
  readonly #world: World;
  #isFirst = false;

  constructor(random: SeededRandom, lose: number, isMended: () => boolean, world: World) {
    this.#random = random;
    this.#lose = lose;
    this.#isMended = isMended;
    this.#world = world;
  }

  next(): number {
    const chance = this.#isMended() ? NEVER : this.#random.next();
    if (this.#isFirst && chance < this.#lose) this.#world.coverage.count('busLost');
    this.#isFirst = false;
    return chance;
  }

  /** The bus, telling us when a message comes. */
  watched(bus: Bus): Bus {
    return {
      node: bus.node,
      publish: (channel, message) => bus.publish(channel, message),
      subscribe: (channel, listener) =>
        bus.subscribe(channel, (message, node) => {
          this.#isFirst = true;
          this.#world.coverage.count('busMessages');
          listener(message, node);
        }),
      onGap: (listener) => bus.onGap(listener),
      get up() {
        return bus.up;
      },
      get dropped() {
        return bus.dropped;
      },
      close: () => bus.close(),
    };
  }
}

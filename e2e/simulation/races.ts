import type { Storage } from '../../server/storage/storage.ts';
import type { World } from './world.ts';

/** Sees how the nodes of a history race for the next revision. */
export class Races {
  readonly #world: World;
  /** Appends under way. */
  readonly #running = new Set<{ by: string }>();

  constructor(world: World) {
    this.#world = world;
  }

  /** The storage of the node `by`, watched. A node that dies leaves races that nobody ends, and only counts them. */
  watch(by: string, storage: Storage): Storage {
    const { coverage } = this.#world;
    return {
      ...storage,
      append: async (room, batch) => {
        const mine = { by };
        this.#running.add(mine);
        try {
          const result = await storage.append(room, batch);
          const isRace = [...this.#running].some((other) => other.by !== by);
          if (!result.ok) coverage.count('racesLost');
          else if (isRace) coverage.count('racesWon');
          return result;
        } finally {
          this.#running.delete(mine);
        }
      },
    };
  }

  /** A node has gone, and its appends with it. */
  died(by: string): void {
    for (const one of this.#running) if (one.by === by) this.#running.delete(one);
  }
}

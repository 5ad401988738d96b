import type { SeededRandom } from '../../lib/testing/index.ts';
import type { Lossiness } from '../../server/cluster/lossy-bus.ts';
import { oneIn } from './world.ts';

/** The nodes of a history with more than one, and what they have to hear each other by. */
export interface ClusterTraits {
  nodes: number;
  bus: Lossiness;
  /** How often the bus is cut for a while, for one node or all, in ms; 0 for never. */
  cutEveryMs: number;
  /** It is down from the beginning until everything is mended: what others do is found in the store. */
  down: boolean;
}

/** One seed in so many has several nodes. */
const CLUSTER_ONE_IN = 4;

/** Null: there is one node, which has the store for itself. */
export function drawClusterTraits(random: SeededRandom): ClusterTraits | null {
  if (!oneIn(random, CLUSTER_ONE_IN)) return null;
  const isPerfect = oneIn(random, 4);
  return {
    nodes: 2 + random.int(2),
    bus: isPerfect
      ? { lose: 0, double: 0, delayMs: 0 }
      : {
          lose: random.pick([0, 0.1, 0.34, 0.9]),
          double: random.pick([0, 0.1, 0.5]),
          delayMs: random.pick([0, 5, 80, 1_500]),
        },
    cutEveryMs: isPerfect ? 0 : random.pick([0, 2_000, 6_000]),
    down: oneIn(random, 6),
  };
}

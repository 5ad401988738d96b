import type { Bus } from './bus.ts';

/** For nodes that share a store and have no Redis: always down, so they hear of each other by the store alone. */
export function createNoBus(node: string): Bus {
  let dropped = 0;
  return {
    node,
    publish: () => void dropped++,
    subscribe: () => () => undefined,
    onGap: () => () => undefined,
    up: false,
    get dropped() {
      return dropped;
    },
    close: () => Promise.resolve(),
  };
}

import type { Clock } from '../clock.ts';
import { BusListeners } from './bus-listeners.ts';
import type { Bus, BusListener } from './bus.ts';

/** How bad a bus is. Chances are from 0 to 1, for each message and each node that hears it. */
export interface Lossiness {
  lose: number;
  double: number;
  /** The longest delay, in ms. Each copy has another one, so that later messages overtake earlier ones. */
  delayMs: number;
}

/** What only tests may do to a bus. */
export interface LossyBus extends Bus {
  /** It is down, and what is under way to this node is lost. */
  cut(): void;
  /** It is up again, and tells of the gap. */
  heal(): void;
}

/**
 * One node's bus with everything that the interface allows: messages are lost, doubled, late and out of order, and the whole
 * may be down. For tests and the simulator: the clock and the randomness are theirs. Delays need not be in order, even at 0 ms.
 */
export function createLossyBus(
  bus: Bus,
  { lose, double, delayMs }: Lossiness,
  random: { next(): number },
  clock: Pick<Clock, 'after'>,
): LossyBus {
  const listeners = new BusListeners((error) => {
    throw error;
  });
  const stops = new Map<string, () => void>();
  const underWay = new Set<() => void>();
  let state: 'up' | 'cut' | 'closed' = 'up';
  let dropped = 0;

  bus.onGap((channels) => {
    if (state === 'up') listeners.gap(channels);
  });

  function hear(channel: string, message: string, node: string): void {
    if (state !== 'up' || random.next() < lose) return;
    for (let copies = random.next() < double ? 2 : 1; copies > 0; copies--) {
      const cancel = clock.after(Math.floor(random.next() * (delayMs + 1)), () => {
        underWay.delete(cancel);
        listeners.deliver(channel, message, node);
      });
      underWay.add(cancel);
    }
  }

  function loseAll(): void {
    for (const cancel of underWay) cancel();
    underWay.clear();
  }

  return {
    node: bus.node,
    publish(channel, message) {
      if (state === 'up') bus.publish(channel, message);
      else dropped++;
    },
    subscribe(channel: string, listener: BusListener) {
      if (state === 'closed') return () => {};
      if (!stops.has(channel)) {
        stops.set(
          channel,
          bus.subscribe(channel, (message, node) => hear(channel, message, node)),
        );
      }
      return listeners.add(channel, listener, () => {
        stops.get(channel)?.();
        stops.delete(channel);
      });
    },
    onGap: (listener) => listeners.addGap(listener),
    get up() {
      return state === 'up' && bus.up;
    },
    get dropped() {
      return dropped + bus.dropped;
    },
    cut() {
      if (state !== 'up') return;
      state = 'cut';
      loseAll();
    },
    heal() {
      if (state !== 'cut') return;
      state = 'up';
      // Soon, and not within the call, as from any engine.
      const cancel = clock.after(0, () => {
        underWay.delete(cancel);
        if (listeners.channels.length > 0) listeners.gap(listeners.channels);
      });
      underWay.add(cancel);
    },
    close() {
      state = 'closed';
      loseAll();
      listeners.clear();
      return bus.close();
    },
  };
}

import { DEFAULT_SERVER_LIMITS } from '../limits.ts';
import { BusListeners, type ListenerFailed } from './bus-listeners.ts';
import type { Bus, BusListener } from './bus.ts';

export interface LocalHubOptions {
  /** Bytes of one message; larger ones are dropped. */
  busMessage?: number;
  /** Runs `run` soon, and not within the call. */
  defer?: (run: () => void) => void;
  /** What a listener threw. Without it, it is thrown where nobody catches it. */
  failed?: ListenerFailed;
}

/**
 * The nodes of one process, which hear each other: one alone without Redis, several in tests. Each message comes once, in the
 * order of its sender, and in a turn of its own.
 */
export class LocalHub {
  readonly #busMessage: number;
  readonly #defer: (run: () => void) => void;
  readonly #failed: ListenerFailed;
  readonly #nodes = new Map<Bus, BusListeners>();

  constructor({
    busMessage = DEFAULT_SERVER_LIMITS.busMessage,
    defer = queueMicrotask,
    failed = throwLater,
  }: LocalHubOptions = {}) {
    this.#busMessage = busMessage;
    this.#defer = defer;
    this.#failed = failed;
  }

  /** One more node. Names should differ; a node that starts again is another one. */
  join(node: string): Bus {
    const listeners = new BusListeners(this.#failed);
    const nodes = this.#nodes;
    let dropped = 0;
    const bus: Bus = {
      node,
      publish: (channel, message) => {
        if (!nodes.has(bus) || Buffer.byteLength(message) > this.#busMessage) dropped++;
        else this.#spread(bus, channel, message);
      },
      subscribe: (channel: string, listener: BusListener) =>
        nodes.has(bus) ? listeners.add(channel, listener) : () => {},
      onGap: (listener) => listeners.addGap(listener),
      get up() {
        return nodes.has(bus);
      },
      get dropped() {
        return dropped;
      },
      close: () => {
        nodes.delete(bus);
        listeners.clear();
        return Promise.resolve();
      },
    };
    nodes.set(bus, listeners);
    return bus;
  }

  #spread(from: Bus, channel: string, message: string): void {
    const others = [...this.#nodes].filter(([bus, listeners]) => bus !== from && listeners.has(channel));
    if (others.length === 0) return;
    this.#defer(() => {
      for (const [, listeners] of others) listeners.deliver(channel, message, from.node);
    });
  }
}

/** `count` nodes of one process, `node-1` and so on. */
export function createLocalBuses(count: number, options: LocalHubOptions = {}): Bus[] {
  const hub = new LocalHub(options);
  return Array.from({ length: count }, (_, index) => hub.join(`node-${index + 1}`));
}

function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

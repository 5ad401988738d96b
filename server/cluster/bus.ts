/**
 * How nodes (processes that serve the same rooms) hear of each other soon. Every engine passes bus-contract.ts. Whatever comes
 * by it is a hint that may be lost, doubled, late or out of order: the log alone decides (P1), and a node that hears nothing
 * is slower and never wrong. Channels and messages are strings, well-formed and of any content.
 */
export interface Bus {
  /** Under what name others hear this node: another one for each process and each start. */
  readonly node: string;
  /**
   * Sends to all other nodes that have subscribed. Never throws and never waits; what cannot be sent now (down, closed,
   * too large, the way out is full) is dropped and counted.
   */
  publish(channel: string, message: string): void;
  /**
   * Hears what others publish, never within the call itself, and nothing of our own. Messages may be missed until `onGap`
   * has told of the channel, if the engine has to ask somebody for it. Returns how to stop; after that nothing is heard.
   */
  subscribe(channel: string, listener: BusListener): () => void;
  /**
   * Called when messages may have been missed on these channels: after every (re)subscription that took a while. An engine
   * that misses nothing never calls it. Returns how to stop.
   */
  onGap(listener: (channels: readonly string[]) => void): () => void;
  /** False while it is down: nodes then hear of each other by the store alone. */
  readonly up: boolean;
  /** Messages that `publish` has dropped. It only grows. */
  readonly dropped: number;
  /** Nothing is heard any more at once; resolves within a second, whatever the other end does. A second call does nothing. */
  close(): Promise<void>;
}

/** `node`: the `Bus.node` of whoever published it. */
export type BusListener = (message: string, node: string) => void;

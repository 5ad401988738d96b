import type { BusListener } from './bus.ts';

/** What one fails with is for the log: the others hear all the same. */
export type ListenerFailed = (error: unknown) => void;

/** Who listens at one node. Knows nothing of how messages come. */
export class BusListeners {
  readonly #failed: ListenerFailed;
  /** Each subscription is a thing of its own, even if it hands over the same function. */
  readonly #byChannel = new Map<string, Set<{ hear: BusListener }>>();
  readonly #gaps = new Set<{ hear: (channels: readonly string[]) => void }>();

  constructor(failed: ListenerFailed) {
    this.#failed = failed;
  }

  /** Those that somebody listens to. */
  get channels(): string[] {
    return [...this.#byChannel.keys()];
  }

  has(channel: string): boolean {
    return this.#byChannel.has(channel);
  }

  /** Returns how to remove it; `last` is called with that if nobody listens to the channel any more. */
  add(channel: string, hear: BusListener, last: () => void = () => {}): () => void {
    const one = { hear };
    const all = this.#byChannel.get(channel) ?? new Set();
    this.#byChannel.set(channel, all.add(one));
    return () => {
      if (!all.delete(one) || all.size > 0) return;
      this.#byChannel.delete(channel);
      last();
    };
  }

  /** Returns how to remove it. */
  addGap(hear: (channels: readonly string[]) => void): () => void {
    const one = { hear };
    this.#gaps.add(one);
    return () => void this.#gaps.delete(one);
  }

  deliver(channel: string, message: string, node: string): void {
    this.#each(this.#byChannel.get(channel), ({ hear }) => hear(message, node));
  }

  gap(channels: readonly string[]): void {
    this.#each(this.#gaps, ({ hear }) => hear(channels));
  }

  clear(): void {
    for (const all of this.#byChannel.values()) all.clear();
    this.#byChannel.clear();
    this.#gaps.clear();
  }

  #each<One>(all: Set<One> | undefined, tell: (one: One) => void): void {
    if (!all) return;
    // One may stop another; one that comes meanwhile was not there when it happened.
    for (const one of Array.from(all)) {
      if (!all.has(one)) continue;
      try {
        tell(one);
      } catch (error) {
        this.#failed(error);
      }
    }
  }
}

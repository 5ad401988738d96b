interface Write {
  record: { client: string };
  base: string | null;
  urgent: boolean;
}

interface Stored {
  record: unknown;
  base: unknown;
}

/** How the device answers writes. */
export type DeviceMode =
  /** At once. */
  | 'prompt'
  /** When the test says so. */
  | 'held'
  /** Refuses: full, or blocked. */
  | 'refusing'
  /** Never. */
  | 'silent';

/** What one browser keeps on its disk, across the lives of its pages. */
export class FakeDevice {
  mode: DeviceMode = 'prompt';
  /** How many writes were taken, and how many of them had a base text. */
  writes = 0;
  baseWrites = 0;
  readonly #kept = new Map<string, Stored>();
  #held: (() => void)[] = [];

  /** For `Environment.journal` of one page. */
  page(): FakeJournal {
    return new FakeJournal(this);
  }

  /** What is kept of `client`, as a later page would find it. */
  find(client: string): Stored | null {
    const found = this.#kept.get(client);
    return found ? structuredClone(found) : null;
  }

  /** Writes whose turn has come. */
  release(count = Number.POSITIVE_INFINITY): void {
    for (let done = 0; done < count; done++) {
      const next = this.#held.shift();
      if (!next) return;
      next();
    }
  }

  /** The browser's process is killed: what was not written is gone. */
  crash(): void {
    this.#held = [];
  }

  take(write: Write, done: (kept: boolean) => void): void {
    // A copy, as storage makes one: what is not plain data throws here.
    const { record, base } = structuredClone(write);
    const perform = () => {
      if (this.mode === 'refusing') return done(false);
      const before = this.#kept.get(record.client);
      this.writes += 1;
      if (base !== null) this.baseWrites += 1;
      this.#kept.set(record.client, { record, base: base ?? before?.base });
      done(true);
    };
    switch (this.mode) {
      case 'prompt':
      case 'refusing':
        return perform();
      case 'held':
        this.#held.push(perform);
        return;
      case 'silent':
        return;
    }
  }

  forget(client: string): void {
    this.#kept.delete(client);
  }
}

/** One page's way to its device. */
export class FakeJournal {
  /** The client whose record this page writes; null before the first write. */
  client: string | null = null;
  closed = false;
  #dead = false;
  readonly #device: FakeDevice;
  readonly #leaving = new Set<() => void>();

  constructor(device: FakeDevice) {
    this.#device = device;
  }

  write(write: Write, done: (kept: boolean) => void): void {
    if (this.closed) throw new Error('A journal that was closed is written to.');
    if (this.#dead) return;
    this.client = write.record.client;
    this.#device.take(write, done);
  }

  remove(): void {
    if (this.client !== null && !this.#dead) this.#device.forget(this.client);
  }

  onLeaving(listener: () => void): () => void {
    this.#leaving.add(listener);
    return () => this.#leaving.delete(listener);
  }

  /** The page is being hidden or left. */
  leave(): void {
    for (const listener of this.#leaving) listener();
  }

  /** The page was killed. Whatever its timers still do reaches the device no more. */
  die(): void {
    this.#dead = true;
  }

  close(): void {
    this.closed = true;
  }
}

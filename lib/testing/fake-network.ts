import { compactSocket } from './compact-socket.ts';
import type { FakeJournal } from './fake-journal.ts';
import type { ManualClock } from './manual-clock.ts';
import type { FakeServer } from './fake-server.ts';
import type { FakeWire } from './fake-wire.ts';
import type { SeededRandom } from './seeded-random.ts';

type NetworkEvent = 'online' | 'offline' | 'visible';

/** The outside of one client, as `Environment` of lib/client wants it, in the hands of a test. */
export class FakeNetwork {
  /** Errors that the client reported. */
  readonly reported: unknown[] = [];
  /** True: no socket gets through; it fails when time passes. */
  down = false;
  /** Set by a test whose client keeps its edits. */
  journal?: FakeJournal;
  /** What each look at the clock costs, in ms: a page that is busy. */
  slowness = 0;
  /** As in `Environment`. */
  restMs = 0;
  /** Sockets from now on speak the compact form. */
  compact = false;
  #spent = 0;
  readonly #server: FakeServer;
  readonly #clock: ManualClock;
  readonly #random: SeededRandom;
  readonly #id: string;
  readonly #wires: FakeWire[] = [];
  readonly #listeners = new Set<(event: NetworkEvent) => void>();

  constructor(server: FakeServer, clock: ManualClock, random: SeededRandom, id: number) {
    this.#server = server;
    this.#clock = clock;
    this.#random = random;
    this.#id = `client${String(id).padStart(16, '0')}`;
  }

  connect = (handlers: Parameters<typeof compactSocket>[0]): FakeWire | ReturnType<typeof compactSocket> =>
    this.compact ? compactSocket(handlers, (inner) => this.#plug(inner)) : this.#plug(handlers);

  #plug(handlers: Parameters<FakeServer['connect']>[0]): FakeWire {
    const wire = this.#server.connect(handlers);
    this.#wires.push(wire);
    if (this.down) wire.cut();
    return wire;
  }

  now = (): number => this.#clock.now() + (this.#spent += this.slowness);
  after = (ms: number, run: () => void): (() => void) => this.#clock.after(ms, run);
  random = (): number => this.#random.next();
  clientId = (): string => this.#id;
  report = (error: unknown): void => {
    this.reported.push(error);
  };

  onNetwork = (listener: (event: NetworkEvent) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  tell(event: NetworkEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** The newest socket. */
  get wire(): FakeWire {
    const wire = this.#wires.at(-1);
    if (!wire) throw new Error('No socket was opened yet.');
    return wire;
  }

  get connects(): number {
    return this.#wires.length;
  }
}

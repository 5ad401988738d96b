import { openRoom, type RoomClient, type SocketHandlers } from '../../lib/client/index.ts';
import { lengthChange, Text } from '../../lib/ot/index.ts';
import type { ManualClock, SeededRandom } from '../../lib/testing/index.ts';
import type { Wire } from '../../server/session.ts';
import { randomEdit } from '../harness/random-edit.ts';

/** One in so many deliveries is the last one for a while, of up to so many. */
const STALL_ONE_IN = 40;
const MOST_STALLED = 60;

/** The server's end of a socket. */
export interface ServerEnd {
  receive(frame: string): void;
  closed(): void;
}

export interface InnocentOptions {
  token: string;
  create: { owner: string; view: string };
  clock: ManualClock;
  random: SeededRandom;
  freshToken: () => string;
  /** Its line stalls now and then, so that the server has to hold back. */
  stalls: boolean;
  accept(wire: Wire): ServerEnd;
}

/** The real client in the same process, with a person who types and a network that is a queue. */
export class Innocent {
  readonly client: RoomClient;
  readonly editor: Text;
  /** Close codes that it was given: an honest client should get none. */
  readonly closes: number[] = [];
  readonly errors: unknown[] = [];
  readonly #random: SeededRandom;
  readonly #stalls: boolean;
  #stalled = 0;
  #queue: (() => void)[] = [];
  /** Bytes in `queue` that come from the server. */
  #buffered = 0;

  constructor({ token, create, clock, random, freshToken, stalls, accept }: InnocentOptions) {
    this.#random = random;
    this.#stalls = stalls;
    this.client = openRoom({
      token,
      create,
      me: { person: freshToken(), name: 'Innocent', color: 1 },
      environment: {
        connect: (handlers) => this.#connect(handlers, accept),
        now: clock.now,
        after: clock.after,
        random: random.next,
        clientId: freshToken,
        onNetwork: () => () => undefined,
        report: (error) => this.errors.push(error),
      },
    });
    this.editor = Text.of(this.client.text());
    this.client.onChange(({ op }) => this.editor.apply(op));
  }

  /** Types or deletes something, if it may yet. Near the limit it only deletes. */
  type(): void {
    const op = randomEdit(this.#random, this.editor);
    if (!this.client.view().canEdit || (lengthChange(op) > 0 && !this.client.fits(op).ok)) return;
    this.editor.apply(op);
    this.client.edit(op);
  }

  /** Everything that is on its way arrives, both ways; later, while the line stalls. */
  deliver(): void {
    if (this.#stalls && this.client.view().online && this.#stalled === 0 && this.#random.int(STALL_ONE_IN) === 0) {
      this.#stalled = this.#random.int(MOST_STALLED);
    }
    if (this.#stalled > 0) {
      this.#stalled--;
      return;
    }
    const due = this.#queue;
    this.#queue = [];
    for (const run of due) run();
  }

  #connect(handlers: SocketHandlers, accept: (wire: Wire) => ServerEnd): { send(text: string): void; close(): void } {
    let open = true;
    const buffered = (): number => this.#buffered;
    const end = accept({
      get buffered() {
        return buffered();
      },
      send: (frame) => {
        this.#buffered += frame.length;
        this.#queue.push(() => {
          this.#buffered -= frame.length;
          if (open) handlers.message(frame.toString());
        });
      },
      close: (code, reason) => {
        this.closes.push(code);
        this.#queue.push(() => {
          if (!open) return;
          open = false;
          end.closed();
          handlers.closed(code, reason);
        });
      },
      pause: () => undefined,
      resume: () => undefined,
    });
    this.#queue.push(() => open && handlers.open());
    return {
      send: (text) => this.#queue.push(() => end.receive(text)),
      close: () => {
        open = false;
        end.closed();
      },
    };
  }
}

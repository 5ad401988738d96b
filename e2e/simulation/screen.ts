import { openRoom, type Environment, type InitialRoom, type RoomClient } from '../../lib/client/index.ts';
import { apply, isIdentity, type Op } from '../../lib/ot/index.ts';
import { DEFAULT_LIMITS } from '../../lib/protocol/index.ts';
import { Monitor, type ClientRecord } from './monitor.ts';
import type { Caller } from './network.ts';
import type { Stage } from './stage.ts';
import { deletedBy, insertedBy, nameOf, tokensIn } from './tokens.ts';
import { drawToken } from './world.ts';

/** The editor's text is compared with the client's at every so many changes of the view; at the end always. */
const COMPARE_EVERY = 16;
/** Browsers' timers are no shorter than this, in ms; without it, a wait of a rounding error would never let time pass. */
const SHORTEST_MS = 1;

export interface ScreenOptions {
  name: string;
  /** With the link that may only read. */
  viewer: boolean;
  initial?: InitialRoom;
  create?: { owner: string; view: string };
  offline: boolean;
}

/** One tab: the real client, and an editor that changes only by what it is told and by what is typed here. */
export class Screen implements Caller {
  readonly name: string;
  readonly viewer: boolean;
  readonly client: RoomClient;
  /** Its secret id. */
  readonly clientId: string;
  offline: boolean;
  closed = false;
  /** What the editor shows. */
  text: string;
  readonly #stage: Stage;
  readonly #record: ClientRecord;
  readonly #networkListeners = new Set<(event: 'online' | 'offline' | 'visible') => void>();
  #frozenUntil = 0;
  #views = 0;
  /** Letters typed and deleted here since everything was last acknowledged. */
  #typed: string[] = [];
  #deleted: string[] = [];

  constructor(stage: Stage, options: ScreenOptions) {
    this.#stage = stage;
    const { name, viewer, initial, create, offline } = options;
    this.name = name;
    this.viewer = viewer;
    this.offline = offline;
    const random = stage.world.random(`screen ${name}`);
    this.clientId = drawToken(random);
    this.#record = {
      name,
      sent: new Map(),
      newestSeq: 0,
      welcomed: false,
      messageBytes: DEFAULT_LIMITS.message,
      onWholeText: () => this.#wholeText(),
    };
    this.client = openRoom({
      token: viewer ? stage.room.view : stage.room.edit,
      me: { person: `person-${name}`, name, color: 1 + random.int(12) },
      environment: this.#environment(() => random.next()),
      ...(initial && { initial }),
      ...(create && { create }),
    });
    this.text = this.client.text();
    this.client.onChange(({ op }) => {
      this.text = apply(this.text, op);
      this.#stage.world.coverage.count('transformsOverPending', this.#typed.length + this.#deleted.length > 0 ? 1 : 0);
    });
    this.client.subscribe(() => {
      this.#settled();
      if (++this.#views % COMPARE_EVERY === 0) this.compare();
    });
  }

  get canEdit(): boolean {
    return !this.closed && !this.frozen && this.client.view().canEdit;
  }

  get frozen(): boolean {
    return this.#frozenUntil > this.#stage.world.scheduler.now;
  }

  /** All is acknowledged, and this screen holds revision `head`. */
  restsAt(head: number): boolean {
    const { online, unsaved, rev } = this.client.view();
    return online && unsaved === 0 && rev === head;
  }

  /** Somebody edits here. */
  edit(op: Op): void {
    if (isIdentity(op)) return;
    const { tokens, world } = this.#stage;
    const typed = tokensIn(insertedBy(op));
    const deleted = tokensIn(deletedBy(op, this.text));
    world.trace(() => `${this.name} types ${JSON.stringify(op)}`);
    this.text = apply(this.text, op);
    this.#typed.push(...typed);
    this.#deleted.push(...deleted);
    tokens.typed(typed);
    tokens.deleted(deleted, true);
    world.coverage.count('edits');
    this.client.edit(op);
  }

  /** The machine sleeps: nothing happens here for `ms`, and then all that should have. */
  freeze(ms: number): void {
    this.#frozenUntil = Math.max(this.#frozenUntil, this.#stage.world.scheduler.now + ms);
  }

  tell(event: 'online' | 'offline' | 'visible'): void {
    if (this.closed || this.frozen) return;
    for (const listener of this.#networkListeners) listener(event);
  }

  /** The tab is closed. What was not acknowledged may be in the log or not, as long as no journal keeps it. */
  close(): void {
    const { tokens, world } = this.#stage;
    world.coverage.count('closedTabs');
    if (this.client.view().unsaved > 0) world.coverage.count('closedWithPending');
    tokens.doubtTyped(this.#typed.filter((letter) => !this.#isLogged(letter)));
    tokens.doubtDeleted(this.#deleted);
    this.closed = true;
    this.client.close();
  }

  /** Checks that the editor shows what the client says it should (P4). */
  compare(): void {
    if (this.text === this.client.text()) return;
    this.#stage.world.fail('P4', `The editor of ${this.name} shows another text than its client holds.`);
  }

  #isLogged(letter: string): boolean {
    return this.#stage.ledger()?.has(letter) ?? false;
  }

  /** When the screen says that all is saved, it has to be on the disk (P8, P2). */
  #settled(): void {
    if (this.#typed.length + this.#deleted.length === 0 || this.client.view().unsaved > 0) return;
    // What was typed and deleted again before it was sent never gets to the log.
    const missing = this.#typed.find((letter) => !this.#isLogged(letter) && this.text.includes(letter));
    if (missing !== undefined) {
      this.#stage.world.fail('P8', `${this.name} says that all is saved, and ${nameOf(missing)} is not on disk.`);
    }
    this.#typed = [];
    this.#deleted = [];
  }

  /** Unsent edits are about to be moved over a difference of texts, which may take a letter for new that was there before. */
  #wholeText(): void {
    const { tokens, world } = this.#stage;
    if (this.#typed.length + this.#deleted.length > 0) world.coverage.count('rebasesWithPending');
    tokens.doubtDeleted(this.#deleted);
  }

  #environment(random: () => number): Environment {
    const { world, network } = this.#stage;
    const { scheduler } = world;
    return {
      connect: (handlers) => {
        const monitor = new Monitor(world, this.#stage.ledger, this.#record, true);
        return network.connect(
          this,
          {
            open: () => this.#whenAwake(() => handlers.open()),
            message: (text) => this.#whenAwake(() => handlers.message(text)),
            closed: (code, reason) => this.#whenAwake(() => handlers.closed(code, reason)),
          },
          monitor,
        );
      },
      now: () => scheduler.now,
      after: (ms, run) => {
        let cancelled = false;
        const cancel = scheduler.after(Math.max(SHORTEST_MS, ms), () => this.#whenAwake(() => cancelled || run()));
        return () => {
          cancelled = true;
          cancel();
        };
      },
      random,
      clientId: () => this.clientId,
      onNetwork: (listener) => {
        this.#networkListeners.add(listener);
        return () => this.#networkListeners.delete(listener);
      },
      report: (error) => {
        const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
        world.fail('stumble', `${this.name} stumbled: ${what}`);
      },
    };
  }

  #whenAwake(run: () => void): void {
    if (!this.frozen) return run();
    this.#stage.world.scheduler.at(this.#frozenUntil, () => this.#whenAwake(run));
  }
}

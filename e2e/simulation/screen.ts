import {
  openRoom,
  type Environment,
  type InitialRoom,
  type KeptRoom,
  type RemoteCaret,
  type RoomClient,
  type Socket,
} from '../../lib/client/index.ts';
import { apply, isIdentity, type Op } from '../../lib/ot/index.ts';
import { DEFAULT_LIMITS } from '../../lib/protocol/index.ts';
import { compactSocket } from '../../lib/testing/index.ts';
import type { Death, Device } from './device.ts';
import type { FrameHandlers } from './ends.ts';
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
  /** The browser's journal; null for one that keeps nothing. */
  device: Device | null;
  /** An earlier page of the same browser, whose client this one goes on as, and what the journal has of it. */
  heir?: { of: Screen; kept: KeptRoom };
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
  /** Where it shows the others. */
  carets: readonly RemoteCaret[] = [];
  readonly #stage: Stage;
  readonly #record: ClientRecord;
  readonly #networkListeners = new Set<(event: 'online' | 'offline' | 'visible') => void>();
  #frozenUntil = 0;
  #views = 0;
  /** Died without a word: nothing runs any more. */
  #dead = false;
  /** Letters typed and deleted here, and by the page before, since everything was last acknowledged. */
  #typed: string[] = [];
  #deleted: string[] = [];
  /** An edit was sent under a number that another has: what of it comes back is deleted by nobody here. */
  #reusedSeq = false;
  readonly device: Device | null;
  /** What the journal had at its end was the newest, and so will be sent, and not merely shown as a copy. */
  #isSafe = false;

  constructor(stage: Stage, options: ScreenOptions) {
    this.#stage = stage;
    const { name, viewer, initial, create, offline, device, heir } = options;
    this.name = name;
    this.viewer = viewer;
    this.offline = offline;
    this.device = device;
    const random = stage.world.random(`screen ${name}`);
    this.clientId = heir ? heir.kept.record.client : drawToken(random);
    this.#record = {
      name,
      clientId: this.clientId,
      sent: new Map(),
      sentBefore: new Map(),
      onReusedSeq: (inserted) => {
        stage.world.coverage.count('reusedSeqs');
        this.#reusedSeq = true;
        stage.tokens.doubtTyped(tokensIn(inserted));
        stage.tokens.doubtDeleted(this.#deleted);
      },
      newestSeq: 0,
      welcomed: false,
      messageBytes: DEFAULT_LIMITS.message,
      onWelcome: (last) => heir && this.#welcomedFirst(last, heir.kept.record.seq),
      onWholeText: () => this.#wholeText(),
    };
    if (heir) {
      if (heir.of.#isSafe) this.#record.sent = heir.of.#record.sent;
      else this.#record.sentBefore = heir.of.#record.sent;
      this.#record.newestSeq = heir.of.#record.newestSeq;
      this.#typed = heir.of.#typed;
      this.#deleted = heir.of.#deleted;
      this.#reusedSeq = heir.of.#reusedSeq;
    }
    this.client = openRoom({
      token: viewer ? stage.room.view : stage.room.edit,
      me: { person: `person-${name}`, name, color: 1 + random.int(12) },
      environment: this.#environment(() => random.next()),
      ...(initial && { initial }),
      ...(create && { create }),
      ...(heir && { kept: heir.kept }),
    });
    this.text = this.client.text();
    this.client.onChange(({ op }) => {
      this.text = apply(this.text, op);
      this.#stage.world.coverage.count('transformsOverPending', this.#typed.length + this.#deleted.length > 0 ? 1 : 0);
    });
    this.client.onCarets((carets) => {
      this.carets = carets;
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
    tokens.deleted(deleted, !this.#reusedSeq);
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

  /** The tab is closed, or dies without having been asked. What the journal has of it is then the next page's. */
  end(how: 'closed' | Death): KeptRoom | null {
    const { world } = this.#stage;
    const view = this.client.view();
    world.coverage.count(how === 'closed' ? 'closedTabs' : 'killedTabs');
    if (view.unsaved > 0) world.coverage.count('endedWithPending');
    this.closed = true;
    if (how === 'closed') {
      this.client.close();
      this.device?.finish();
    } else {
      this.#dead = true;
      this.#stage.network.cut(this, 'server');
      this.device?.die(how);
    }
    const kept = this.device?.find() ?? null;
    this.#isSafe = how !== 'powerless' && view.journal === 'ok';
    this.#forsake(kept, view.dots.device);
    return kept;
  }

  /** Forgives what the journal could not save. `claimed`: the screen said that it has all. */
  #forsake(kept: KeptRoom | null, claimed: boolean): void {
    const { tokens, world } = this.#stage;
    const pending = kept && this.#isSafe ? [kept.record.outstanding?.op ?? [], kept.record.buffer ?? []] : [];
    const saved = new Set(pending.flatMap((op) => tokensIn(insertedBy(op))));
    const lost = this.#typed.filter((letter) => !this.#isLogged(letter) && !saved.has(letter));
    const missing = claimed && this.#isSafe ? lost.find((letter) => this.text.includes(letter)) : undefined;
    if (missing !== undefined) {
      world.fail('P5', `${this.name} said that all is on this device, and its journal has not ${nameOf(missing)}.`);
    }
    tokens.doubtTyped(lost);
    tokens.doubtDeleted(this.#deleted);
    this.#typed = this.#typed.filter((letter) => saved.has(letter));
    this.#deleted = [];
  }

  /** What was in the journal is not taken over by any page. */
  abandon(): void {
    this.#stage.tokens.doubtTyped(this.#typed.filter((letter) => !this.#isLogged(letter)));
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
    // Before its first welcome a page that took a record over knows nothing of what is saved: it may have to be put aside.
    if (!this.#record.welcomed) return;
    if (this.#typed.length + this.#deleted.length === 0 || this.client.view().unsaved > 0) return;
    this.#reusedSeq = false;
    // What was typed and deleted again before it was sent never gets to the log.
    const missing = this.#typed.find((letter) => !this.#isLogged(letter) && this.text.includes(letter));
    if (missing !== undefined) {
      this.#stage.world.fail('P8', `${this.name} says that all is saved, and ${nameOf(missing)} is not on disk.`);
    }
    // A letter that was typed and deleted before it was sent may still come back, from a record that was not written again.
    this.#typed = this.#typed.filter((letter) => !this.#isLogged(letter));
    this.#deleted = this.#deleted.filter((letter) => !this.#isLogged(letter));
  }

  /**
   * A record that is older than what its page had sent cannot be sent again: the client shows its words as a copy, together
   * with what was typed since.
   */
  #welcomedFirst(last: { seq: number } | null, keptSeq: number): void {
    if ((last?.seq ?? 0) <= keptSeq) return;
    const { tokens, world } = this.#stage;
    world.coverage.count('staleRecords');
    tokens.doubtTyped(this.#typed.filter((letter) => !this.#isLogged(letter)));
    tokens.doubtDeleted(this.#deleted);
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
    const isCompact = world.random(`encoding of ${this.name}`).int(2) === 0;
    const connect = (handlers: FrameHandlers<string>): Socket => {
      const monitor = new Monitor(this.#stage, this.#record, true);
      let isLeft = false;
      const line = network.connect(
        this,
        {
          open: () => this.#whenAwake(() => handlers.open()),
          message: (text) =>
            this.#whenAwake(() => {
              // What reached a socket before its screen fell asleep and left it is never handled.
              if (!isLeft) monitor.handles(text);
              handlers.message(text);
            }),
          closed: (code, reason) => this.#whenAwake(() => handlers.closed(code, reason)),
        },
        monitor,
        (server, wire) => server.accept(wire),
      );
      const close = (): void => {
        isLeft = true;
        line.close();
      };
      return { send: (text) => line.send(text), close };
    };
    return {
      connect: (outer) => (isCompact ? compactSocket(outer, connect) : connect(outer)),
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
      ...(this.device && { journal: this.device.page((run) => this.#whenAwake(run)) }),
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
    if (this.#dead) return;
    if (!this.frozen) return run();
    this.#stage.world.scheduler.at(this.#frozenUntil, () => this.#whenAwake(run));
  }
}

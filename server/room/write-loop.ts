import type { Text } from '../../lib/ot/index.ts';
import { CloseCode, ProtocolFault } from '../../lib/protocol/index.ts';
import type { Clock } from '../clock.ts';
import type { ServerLimits } from '../limits.ts';
import type { Log } from '../log.ts';
import { StorageUnavailable, type Batch, type Entry, type Storage } from '../storage/storage.ts';
import type { Beat, Turns } from './beat.ts';
import type { Bridge } from './bridge.ts';
import { entriesBetween } from './history.ts';
import { Inbox, type InboxLimits } from './inbox.ts';
import { LineageAhead } from './lineage.ts';
import type { RoomObserver } from './observer.ts';
import { addTried, pinLogged } from './pin-logged.ts';
import { oldestOf, plan, StageSpoilt, type Plan, type Settled, type Stage, type Submission } from './plan.ts';
import type { Together, TurnOf } from './together.ts';

/** Waits between tries while the store cannot write: quick at first, for most trouble is short. */
const RETRY_FIRST_MS = 100;
const RETRY_MOST_MS = 5_000;

export interface WriteLoopDeps {
  storage: Storage;
  clock: Clock;
  log: Log;
  limits: InboxLimits & Pick<ServerLimits, 'advertised' | 'documentSlack' | 'lateEdit' | 'historyPage'>;
  observer?: RoomObserver;
  /** When a room takes what waits; without it, as soon as it can. */
  beat?: Beat;
  /** With whom it writes; without it, by itself. */
  together?: Together | null;
}

/** The room that is written to: what is committed, and what becomes of it. */
export interface WrittenRoom {
  readonly id: string;
  /** The newest committed revision. */
  readonly rev: number;
  /** False until the first edit of a fresh room is durable. */
  readonly exists: boolean;
  readonly closed: boolean;
  /** Sockets that are in or on their way, each counted at least once. */
  readonly sockets: number;
  readonly bridge: Pick<Bridge, 'isOpen' | 'needsTurn' | 'stage' | 'discard'>;
  /** Entries after `rev`, if they are still in memory. */
  recentAfter(rev: number): readonly Entry[] | null;
  settledOf(author: number): Settled | null;
  settle(author: number, last: Settled): void;
  /** Makes a fresh room exist. */
  complete(): Promise<void>;
  /** A plan is durable: applies it, and tells everybody. */
  publish(plan: Plan): void;
  /** Somebody else's entries are durable: applies them, and tells everybody. */
  take(entries: readonly Entry[]): void;
  /** The store can write again, or no longer. */
  storeIs(ok: boolean): void;
  /** Nothing can be written any more: ends everybody, once `refuse` was called with what they are told. */
  giveUp(error: unknown, refuse: (fault: ProtocolFault) => void): void;
}

/**
 * What is written to a room, in its order. Edits wait in an inbox; all that wait are planned as one batch and appended, and only
 * when that is durable does the room apply and tell it (P1, P2). The usual edit goes in one turn of the event loop, with
 * other rooms' (`#turn`); whatever needs something that has to be waited for goes by itself (`#work`).
 */
export class WriteLoop {
  readonly #deps: WriteLoopDeps;
  readonly #room: WrittenRoom;
  /** The room's own; only read here. */
  readonly #text: Text;
  readonly #inbox: Inbox;
  readonly #turns: Turns = { last: Number.NEGATIVE_INFINITY };
  #loop: Promise<void> | null = null;
  #storeOk = true;
  /** The log has revisions beyond ours: up to this one, as somebody has said. */
  #beyond = 0;
  /** Entries that came with that word, if they follow on ours. */
  #brought: readonly Entry[] = [];

  constructor(deps: WriteLoopDeps, room: WrittenRoom, text: Text) {
    this.#deps = deps;
    this.#room = room;
    this.#text = text;
    this.#inbox = new Inbox(deps.limits);
  }

  /** False while the server cannot write. */
  get storeOk(): boolean {
    return this.#storeOk;
  }

  /** Resolves when what is being done now is done, and perhaps before what came meanwhile is; null if nothing is. */
  get running(): Promise<void> | null {
    return this.#loop;
  }

  /** Does an edit of this author wait, or is it being written? */
  holds(author: number): boolean {
    return this.#inbox.holds(author);
  }

  /** Resolves when no edit of the author's waits or is being written. */
  async idle(author: number): Promise<void> {
    while (this.#inbox.holds(author) && this.#loop) await this.#loop;
  }

  /** Resolves when nothing is queued, or when the store cannot write: then it would not end. */
  async settled(): Promise<void> {
    while (this.#loop && this.#storeOk) await Promise.race([this.#loop, pause(this.#deps.clock, RETRY_FIRST_MS)]);
  }

  /** Queues an edit. Its `done` is called when it is durable, or refused. */
  submit(submission: Submission): void {
    const { rev, closed } = this.#room;
    if (closed) return submission.done({ kind: 'refused', fault: closing() });
    if (submission.kind === 'op' && rev - submission.rev > this.#deps.limits.lateEdit) {
      const why = `Revision ${submission.rev} is too long ago; the newest is ${rev}.`;
      submission.done({ kind: 'refused', fault: new ProtocolFault('bad-rev', CloseCode.BAD_MESSAGE, why) });
      return;
    }
    if (!this.#inbox.push(submission)) {
      const fault = new ProtocolFault('too-fast', CloseCode.TOO_FAST, 'Too many edits are waiting in this room.');
      submission.done({ kind: 'refused', fault });
      return;
    }
    this.wake();
  }

  /**
   * The log is at `rev`, as somebody says who may be wrong or late; `entries`, if they came along, are committed ones up to
   * it. Takes what is new to us.
   */
  follow(rev: number, entries: readonly Entry[] = []): void {
    if (rev <= this.#room.rev || !this.#room.exists || this.#room.closed) return;
    this.#beyond = Math.max(this.#beyond, rev);
    if (entries[0]?.rev === this.#room.rev + 1) this.#brought = entries;
    this.wake();
  }

  /** There is something to do. */
  wake(): void {
    if (this.#loop !== null) return;
    const { together } = this.#deps;
    if (together && this.#isUsual) {
      this.#loop = new Promise((resolve) => together.join(this.#turn(resolve, false)));
    } else this.#run([]);
  }

  /** Starts the loop, with edits that were taken already. */
  #run(taken: readonly Submission[]): void {
    this.#loop = this.#work(taken).finally(() => this.#rest());
  }

  #rest(): void {
    this.#loop = null;
    if (this.#hasWork && !this.#room.closed) this.wake();
  }

  get #hasWork(): boolean {
    return !this.#inbox.isEmpty || this.#room.bridge.needsTurn || this.#isBehind;
  }

  get #isBehind(): boolean {
    return this.#beyond > this.#room.rev;
  }

  /** Only edits of people wait, in a room that exists: they need nothing that has to be waited for. */
  get #isUsual(): boolean {
    const { exists, bridge } = this.#room;
    return this.#storeOk && exists && !this.#isBehind && !bridge.isOpen && !this.#inbox.isEmpty;
  }

  /** When the room has its turn: null is now. */
  #beat(): Promise<void> | null {
    return this.#deps.beat?.turn(this.#turns, this.#room.sockets) ?? null;
  }

  /** What the loop does, in one go and with other rooms. What is not usual is left to the loop. `isDue`: it has waited for its turn. */
  #turn(over: () => void, isDue: boolean): TurnOf {
    let batch: readonly Submission[] = [];
    let planned: Plan | null = null;
    let published: ((plan: Plan) => void) | undefined;

    const attempt = (step: () => { room: string; batch: Batch } | null): { room: string; batch: Batch } | null => {
      try {
        return step();
      } catch (error) {
        this.#giveUp(error);
        rest();
        return null;
      }
    };
    const rest = (): void => {
      this.#inbox.settle();
      this.#rest();
      over();
    };
    const publish = (plan: Plan): null => {
      this.#room.publish(plan);
      published?.(plan);
      rest();
      return null;
    };
    const byLoop = (): null => {
      this.#run(batch);
      void this.#loop?.then(over);
      return null;
    };
    return {
      prepare: () =>
        attempt(() => {
          const wait = isDue || !this.#isUsual ? null : this.#beat();
          if (wait) {
            void wait.then(() => this.#deps.together?.join(this.#turn(over, true)));
            return null;
          }
          const { id, rev } = this.#room;
          const behind = this.#isUsual ? this.#room.recentAfter(oldestOf(this.#inbox.waiting, rev)) : null;
          if (behind === null) return byLoop();
          published = this.#deps.observer?.batch();
          batch = this.#inbox.take();
          planned = this.#planOn(batch, behind, null, this.#deps.clock.now());
          const { entries, settled } = planned.batch;
          return entries.length + settled.length > 0 ? { room: id, batch: planned.batch } : publish(planned);
        }),
      done: (isDurable) => void attempt(() => (isDurable && planned !== null ? publish(planned) : byLoop())),
    };
  }

  /** `taken`: edits that had their turn already. */
  async #work(taken: readonly Submission[]): Promise<void> {
    // Edits that arrived in the same turn of the event loop go into one batch.
    await Promise.resolve();
    let first = taken;
    while (first.length > 0 || this.#hasWork) {
      const wait = first.length > 0 ? null : this.#beat();
      if (wait) await wait;
      const batch = first.length > 0 ? first : this.#inbox.take();
      first = [];
      try {
        if (this.#isBehind) await this.#takeOthers();
        await this.#commit(batch);
      } catch (error) {
        this.#giveUp(error);
        return;
      } finally {
        this.#inbox.settle();
      }
    }
  }

  /** Orders, appends, applies and broadcasts a batch; tries for as long as the store cannot write. */
  async #commit(taken: readonly Submission[]): Promise<void> {
    const published = this.#deps.observer?.batch();
    const { bridge } = this.#room;
    let batch = taken;
    // One time for all tries, so that an entry is known again if an earlier try was durable after all.
    const now = this.#deps.clock.now();
    /** All that were written: each may be in the log, and the next is not what the one before was. */
    const tried: Plan[] = [];
    const followed: Entry[] = [];
    let isBehind = false;
    for (let tries = 0; ; tries++) {
      try {
        if (isBehind) await this.#followLog(batch, followed);
        isBehind = false;
        // Whoever only listens does not make a fresh room exist.
        if (batch.length > 0) await this.#room.complete();
        batch = pinLogged(batch, tried, followed);
        const planned = await this.#plan(batch, now);
        addTried(tried, planned);
        const { entries, settled } = planned.batch;
        if (entries.length + settled.length > 0) {
          const result = await this.#deps.storage.append(this.#room.id, planned.batch);
          this.#storeIs(true);
          if (!result.ok) {
            this.#deps.observer?.conflict();
            bridge.discard();
            await this.#followLog(batch, followed);
            continue;
          }
        }
        this.#room.publish(planned);
        published?.(planned);
        return;
      } catch (error) {
        bridge.discard();
        if (error instanceof StageSpoilt) {
          batch = without(batch, error);
          continue;
        }
        if (error instanceof LineageAhead) {
          isBehind = true;
          continue;
        }
        if (!(error instanceof StorageUnavailable) || this.#room.closed) throw error;
        this.#deps.log.error({ room: this.#room.id, tries, reason: error.message }, 'append failed; edits wait');
        this.#storeIs(false);
        await pause(this.#deps.clock, Math.min(RETRY_MOST_MS, RETRY_FIRST_MS * 2 ** tries));
      }
    }
  }

  async #plan(batch: readonly Submission[], now: number): Promise<Plan> {
    const { limits, storage } = this.#deps;
    const stage = await this.#room.bridge.stage(this.#text);
    const { id, rev } = this.#room;
    const oldest = oldestOf(batch, rev);
    const behind =
      this.#room.recentAfter(oldest) ?? (await entriesBetween(storage, id, oldest, rev, limits.historyPage));
    return this.#planOn(batch, behind, stage, now);
  }

  /** `behind`: all entries since the oldest revision that an edit of the batch was made at. */
  #planOn(batch: readonly Submission[], behind: readonly Entry[], stage: Stage | null, now: number): Plan {
    const { limits } = this.#deps;
    const room = this.#room;
    const ops = behind.map((entry) => entry.op);
    return plan(
      batch,
      {
        rev: room.rev,
        text: this.#text,
        settledOf: (author) => room.settledOf(author),
        since: (rev) => ops.slice(ops.length - (room.rev - rev)),
        stage,
      },
      limits.advertised.document + limits.documentSlack,
      now,
    );
  }

  /** Takes entries that other nodes have appended. A store that cannot be read is asked again when somebody says something. */
  async #takeOthers(): Promise<void> {
    const brought = this.#brought;
    this.#brought = [];
    try {
      this.#room.bridge.discard();
      if (brought[0]?.rev === this.#room.rev + 1) this.#room.take(brought);
      else await this.#followLog([], []);
    } catch (error) {
      if (!(error instanceof StorageUnavailable)) throw error;
    }
    // A word that was wrong must not keep the loop busy.
    if (this.#isBehind && brought.length === 0) this.#beyond = this.#room.rev;
  }

  /** Somebody else appended, or an earlier append of ours was durable after all: take what the log has, into `followed` too. */
  async #followLog(batch: readonly Submission[], followed: Entry[]): Promise<void> {
    const { storage, limits } = this.#deps;
    const room = this.#room;
    for (;;) {
      const page = await storage.entries(room.id, room.rev + 1, room.rev + limits.historyPage, limits.historyPage);
      if (page.length === 0) break;
      followed.push(...page);
      room.take(page);
    }
    if (batch.length === 0) return;
    const waiting = new Set(batch.map((one) => one.author));
    for (const { author, last } of await storage.authors(room.id)) {
      if (last && waiting.has(author)) room.settle(author, last);
    }
  }

  #storeIs(ok: boolean): void {
    if (ok === this.#storeOk) return;
    this.#storeOk = ok;
    this.#room.storeIs(ok);
  }

  /** It met something that trying again cannot mend. Everybody reconnects, and their edits come again. */
  #giveUp(error: unknown): void {
    this.#room.giveUp(error, (fault) => {
      for (const submission of this.#inbox.drop()) submission.done({ kind: 'refused', fault });
    });
  }
}

/** Coming back tells what has become of the room. */
function closing(): ProtocolFault {
  return new ProtocolFault('internal', CloseCode.INTERNAL, 'This room is being closed. Joining it again.');
}

/** The batch without the update that spoilt the Y.Doc, whose sender is told. */
function without(batch: readonly Submission[], { submission, fault }: StageSpoilt): readonly Submission[] {
  submission?.done({ kind: 'refused', fault });
  return batch.filter((one) => one !== submission);
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.after(ms, resolve));
}

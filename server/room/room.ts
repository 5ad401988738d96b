import { fnv1a, Text } from '../../lib/ot/index.ts';
import { CloseCode, ProtocolFault, type Range } from '../../lib/protocol/index.ts';
import type { SharedText } from '../../lib/yjs/index.ts';
import type { Clock } from '../clock.ts';
import type { ServerLimits } from '../limits.ts';
import { Holders } from '../links/holders.ts';
import type { Log } from '../log.ts';
import type { NoteLimits } from '../notes/note-limits.ts';
import type { NoteNews } from '../notes/noted-room.ts';
import { RoomNotes } from '../notes/room-notes.ts';
import {
  StorageUnavailable,
  type Batch,
  type Entry,
  type NewAuthor,
  type NewRoom,
  type Storage,
  type StoredMeta,
  type StoredRoom,
} from '../storage/storage.ts';
import { Arrivals, roomFull, type Joining } from './arrivals.ts';
import { Audience } from './audience.ts';
import type { Beat, Turns } from './beat.ts';
import { Birth, roomTaken, RoomTaken } from './birth.ts';
import { Bridge } from './bridge.ts';
import { frameOf, opsFrame, storeFrame } from './frame.ts';
import { entriesBetween } from './history.ts';
import { Inbox, type InboxLimits } from './inbox.ts';
import { LineageAhead } from './lineage.ts';
import type { Member } from './member.ts';
import { RoomMeta, type Meta } from './meta.ts';
import type { RoomObserver } from './observer.ts';
import { addTried, pinLogged } from './pin-logged.ts';
import { oldestOf, plan, StageSpoilt, type Plan, type Settled, type Stage, type Submission } from './plan.ts';
import { RecentEntries } from './recent.ts';
import { SettledAuthors } from './settled-authors.ts';
import { SnapshotRule, type SnapshotLimits } from './snapshot-rule.ts';
import type { Together, TurnOf } from './together.ts';
import type { YjsMember } from './yjs-member.ts';

/** Both ends compare the hash of the text this often (P4). */
const HASH_EVERY = 256;
/** Waits between tries while the store cannot write: quick at first, for most trouble is short. */
const RETRY_FIRST_MS = 100;
const RETRY_MOST_MS = 5_000;

export type RoomLimits = SnapshotLimits &
  InboxLimits &
  NoteLimits &
  Pick<
    ServerLimits,
    | 'advertised'
    | 'lineage'
    | 'documentSlack'
    | 'recentEntries'
    | 'lateEdit'
    | 'historyPage'
    | 'members'
    | 'cursorEveryMs'
  >;

/** Hears what this room does to the log, for other nodes to know. */
export interface RoomWatcher {
  /** Appended here, not elsewhere. */
  appended(entries: readonly Entry[]): void;
  /** Title, language or lock was changed here. */
  described(): void;
  /** Something was said here beside the text. */
  noted(news: NoteNews): void;
}

export interface RoomDeps {
  storage: Storage;
  clock: Clock;
  log: Log;
  limits: RoomLimits;
  /** Between 0 and 1; tests make it repeatable. */
  random?: () => number;
  observer?: RoomObserver;
  /** When a room takes what waits; without it, as soon as it can. */
  beat?: Beat;
  /** With whom it writes; without it, by itself. */
  together?: Together | null;
}

/**
 * One shared document: its committed text, its queue of edits, and the people in it. Sockets, clocks and disks are
 * parameters. Edits wait in an inbox; a loop plans all that wait as one batch, appends it, and only when it is durable
 * applies and broadcasts it (P1, P2): memory never holds an uncommitted revision.
 */
export class Room {
  readonly id: string;
  readonly epoch: string;
  /** Where a balancer sends it. */
  readonly shard: string;
  /** How often something was taken out of its history, when it was loaded: of what came after, it may hold letters that are gone. */
  readonly redactions: number;
  readonly audience: Audience;
  /** Who is here by which link, members that only listen included. */
  readonly holders: Holders;
  readonly #deps: RoomDeps;
  readonly #text: Text;
  #rev: number;
  readonly #meta: RoomMeta;
  readonly #recent: RecentEntries;
  readonly #settled: SettledAuthors;
  readonly #inbox: Inbox;
  readonly #turns: Turns = { last: Number.NEGATIVE_INFINITY };
  #loop: Promise<void> | null = null;
  #storeOk = true;
  readonly #snapshots: SnapshotRule;
  readonly #birth: Birth;
  readonly #arrivals: Arrivals;
  readonly bridge: Bridge;
  readonly notes: RoomNotes;
  /** The log has revisions beyond ours: up to this one, as somebody has said. */
  #beyond = 0;
  /** Entries that came with that word, if they follow on ours. */
  #brought: readonly Entry[] = [];
  #watcher: RoomWatcher | null = null;
  #closed = false;

  private constructor(deps: RoomDeps, stored: StoredRoom, birth: NewRoom | null) {
    this.#deps = deps;
    this.id = stored.id;
    this.epoch = stored.epoch;
    this.shard = stored.shard;
    this.redactions = stored.redactions;
    this.audience = new Audience(deps.clock, deps.limits.cursorEveryMs);
    this.holders = new Holders(deps.clock);
    this.#meta = new RoomMeta({
      title: stored.title,
      language: stored.language,
      file: stored.file,
      locked: stored.locked,
    });
    this.#birth = new Birth(deps.storage, birth);
    const { limits, random = Math.random } = deps;
    this.bridge = new Bridge(
      { ...deps, random, page: limits.historyPage, everyMs: limits.cursorEveryMs, mostBytes: limits.lineage },
      this,
    );
    this.#inbox = new Inbox(deps.limits);
    this.#settled = new SettledAuthors(deps.storage, this);
    this.#recent = new RecentEntries(deps.limits.recentEntries);
    this.#text = Text.of(stored.snapshot?.text ?? '');
    this.#rev = stored.snapshot?.rev ?? 0;
    this.#snapshots = new SnapshotRule(deps.limits, this.#rev, deps.clock.now());
    this.#arrivals = new Arrivals(deps.storage, deps.limits, this);
    this.notes = new RoomNotes(deps, this, this.#text, stored.notes);
    for (const entry of stored.entries) this.#apply(entry);
  }

  /** A room as the storage has it. Throws if its log does not fit its snapshot: then it is not served (P11). */
  static load(deps: RoomDeps, stored: StoredRoom): Room {
    const room = new Room(deps, stored, null);
    room.notes.begin();
    return room;
  }

  /** A room that its first edit will create. */
  static fresh(deps: RoomDeps, birth: NewRoom): Room {
    const notes = { chat: 0, threads: 0 };
    const stored = { ...birth, file: null, locked: false, redactions: 0, notes, snapshot: null, entries: [] };
    return new Room(deps, stored, birth);
  }

  get rev(): number {
    return this.#rev;
  }

  get meta(): Readonly<Meta> {
    return this.#meta.now;
  }

  get length(): number {
    return this.#text.length;
  }

  /** False until the first edit of a fresh room is durable. */
  get exists(): boolean {
    return !this.#birth.pending;
  }

  text(): string {
    return this.#text.toString();
  }

  /** False while the server cannot write. */
  get storeOk(): boolean {
    return this.#storeOk;
  }

  get isOverfull(): boolean {
    return this.#sockets > this.#deps.limits.members;
  }

  settledOf(author: number): Settled | null {
    return this.#settled.of(author);
  }

  /** Entries after `rev`, if they are still in memory. */
  recentAfter(rev: number): readonly Entry[] | null {
    return this.#recent.after(rev, this.#rev);
  }

  /** Does an edit of this author wait, or is it being written? */
  holds(author: number): boolean {
    return this.#inbox.holds(author);
  }

  /** Returns how to stop. There is one watcher at a time. */
  watch(watcher: RoomWatcher): () => void {
    this.#watcher = watcher;
    return () => {
      this.#watcher = null;
    };
  }

  /**
   * The log is at `rev`, as somebody says who may be wrong or late; `entries`, if they came along, are committed ones up to
   * it. Takes what is new to us.
   */
  follow(rev: number, entries: readonly Entry[] = []): void {
    if (rev <= this.#rev || !this.exists || this.#closed) return;
    this.#beyond = Math.max(this.#beyond, rev);
    if (entries[0]?.rev === this.#rev + 1) this.#brought = entries;
    this.wake();
  }

  /** Looks whether the log has more, and resolves when it was taken. Rejects with `StorageUnavailable`. */
  async freshen(): Promise<void> {
    if (!this.exists) return;
    const head = (await this.#deps.storage.heads([this.id])).get(this.id) ?? 0;
    if (head <= this.#rev) return;
    this.follow(head);
    await this.#loop;
    if (this.#rev < head && !this.#closed) throw new StorageUnavailable('The log has more, and could not be read.');
  }

  /**
   * Somebody else may have set title, language or lock: takes what `read` finds, and tells what is new. False if nothing is
   * found any more. Rejects as `read` does.
   */
  async described(read: () => Promise<StoredMeta | null>): Promise<boolean> {
    const before = await this.#meta.refresh(read);
    if (!before) return false;
    const { title, language, locked } = this.meta;
    this.#tellMeta({
      ...(title !== before.title && { title }),
      ...(language !== before.language && { language }),
      ...(locked !== before.locked && { locked }),
    });
    return true;
  }

  /** Who is here under an author number, on whatever node; `''` if nobody is. */
  nameOf(author: number): string {
    return this.audience.people().find((person) => person.author === author)?.name ?? '';
  }

  /** Tells everybody here what needs no order with the entries. */
  tell(frame: Buffer): void {
    this.audience.broadcast(frame);
    this.#arrivals.tell(frame);
  }

  /** Something was said here beside the text. */
  noted(news: NoteNews): void {
    this.#watcher?.noted(news);
  }

  /** Carets of somebody on another node, in the text at `rev`. */
  remoteCursor(author: number, rev: number, ranges: readonly Range[]): void {
    // What we do not know yet cannot be transformed over; the next one comes soon.
    const missed = rev > this.#rev ? null : this.#recent.after(rev, this.#rev);
    if (missed) this.audience.remoteMoved(author, ranges, missed, this.#text.length, () => this.#rev);
  }

  /** Resolves when no edit of the author's waits or is being written. */
  async idle(author: number): Promise<void> {
    while (this.#inbox.holds(author) && this.#loop) await this.#loop;
  }

  /** Neither people nor work: may be unloaded. */
  get quiet(): boolean {
    return this.#sockets === 0 && this.#loop === null && !this.#snapshots.saving && !this.notes.busy;
  }

  /** The author number of a client, given on first sight and durable before anybody sees it. */
  async author(who: NewAuthor): Promise<number> {
    if (this.#birth.pending) return this.#birth.author(who);
    return this.#settled.open(who);
  }

  /** See `Arrivals`: resolves when the member is in, or was ended meanwhile. */
  join(joining: Joining): Promise<void> {
    return this.#arrivals.join(joining);
  }

  /** Tells a member the entries that were withheld from it, and then where everybody is. */
  bringUp(member: Member): Promise<void> {
    return this.#arrivals.bringUp(member);
  }

  /**
   * Lets a Yjs client listen. `root`: where it looks for the text. `welcome` is called in the moment from which on it is
   * told every update; throws, or ends it, if it cannot be let in.
   */
  listen(member: YjsMember, root: string, welcome: (shared: SharedText) => void): void {
    if (this.#sockets >= this.#deps.limits.members) throw roomFull(CloseCode.TRY_AGAIN);
    this.bridge.add(member, root, welcome);
  }

  /** A Yjs client has an author now: it shows among the people, unless another socket of the same author does. */
  introduce(member: YjsMember): void {
    if (!this.audience.hasAuthor(member.person.author)) this.audience.add(member, this.#rev);
  }

  /** A Yjs client has left, introduced or not. */
  unlisten(member: YjsMember): void {
    this.audience.remove(member);
    const successor = this.bridge.remove(member);
    if (successor) this.introduce(successor);
  }

  leave(member: Member): void {
    this.#arrivals.forget(member);
    this.audience.remove(member);
  }

  /** Queues an edit. Its `done` is called when it is durable, or refused. */
  submit(submission: Submission): void {
    if (this.#closed) return submission.done({ kind: 'refused', fault: closing() });
    if (submission.kind === 'op' && this.#rev - submission.rev > this.#deps.limits.lateEdit) {
      const why = `Revision ${submission.rev} is too long ago; the newest is ${this.#rev}.`;
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

  cursor(member: Member, rev: number, ranges: readonly Range[]): void {
    if (rev > this.#rev) {
      throw new ProtocolFault('bad-rev', CloseCode.BAD_MESSAGE, `Revision ${rev} does not exist yet.`);
    }
    const missed = this.#recent.after(rev, this.#rev);
    if (missed) this.audience.moveCarets(member, ranges, missed, this.#text.length, () => this.#rev);
  }

  /** Changes what the room is called or its language: durable first, then told to everybody. Makes a fresh room exist. */
  async setMeta(change: Partial<Meta>): Promise<void> {
    await this.#meta.change(change, async () => {
      await this.#birth.complete();
      if (Object.keys(change).length > 0) await this.#deps.storage.setRoom(this.id, change);
    });
    this.#tellMeta(change);
    this.#watcher?.described();
  }

  #tellMeta({ title, language, locked }: Partial<Meta>): void {
    if (locked !== undefined) this.holders.lockChanged(locked);
    if (title === undefined && language === undefined) return;
    this.audience.broadcast(
      frameOf({ t: 'room', ...(title !== undefined && { title }), ...(language !== undefined && { language }) }),
    );
  }

  async rename(member: Member): Promise<void> {
    this.audience.renamed(member);
    const { author, name, color } = member.person;
    if (this.exists) await this.#deps.storage.renameAuthor(this.id, author, name, color);
  }

  /** Called now and then: takes a snapshot or sends a hash if the room has been quiet for long enough. */
  tick(): void {
    // As many as there are sockets do not matter, and looking through them every second would.
    if (this.exists && this.#settled.size > this.#sockets) {
      this.#settled.forgetUnless(
        (author) =>
          [this.audience, this.#arrivals, this.bridge].some((place) => place.hasAuthor(author)) || this.holds(author),
      );
    }
    if (this.#loop === null) this.bridge.tick();
    const due = this.#snapshots.dueWhenIdle(this.#rev, this.#deps.clock.now());
    if (due.snapshot) this.#saveSnapshot();
    if (due.hash && this.exists) this.#sendHash();
  }

  /** Resolves when nothing is queued, or when the store cannot write: then it would not end. */
  async settled(): Promise<void> {
    while (this.#loop && this.#storeOk) await Promise.race([this.#loop, pause(this.#deps.clock, RETRY_FIRST_MS)]);
  }

  /** Waits until everything queued is durable and snapshotted; the room takes nothing afterwards. */
  async close(): Promise<void> {
    this.#closed = true;
    this.audience.close();
    await this.#loop;
    await this.#meta.settled();
    await this.#snapshots.saved();
    if (this.exists && this.#snapshots.dueAtClose(this.#rev)) this.#saveSnapshot();
    await this.#snapshots.saved();
    this.notes.save();
    await this.notes.settled();
    await this.bridge.close();
  }

  /** Ends the room's work without keeping anything, because it is to be deleted: nothing is written once this has resolved. */
  async abandon(): Promise<void> {
    this.#closed = true;
    this.audience.close();
    await this.#loop;
    await this.#meta.settled();
    await this.#snapshots.saved();
    await this.notes.settled();
    await this.bridge.abandon();
  }

  /** The loop has something to do. */
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
    if (this.#hasWork && !this.#closed) this.wake();
  }

  /** Only edits of people wait, in a room that exists: they need nothing that has to be waited for. */
  get #isUsual(): boolean {
    return this.#storeOk && this.exists && !this.#isBehind && !this.bridge.isOpen && !this.#inbox.isEmpty;
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
      this.#publish(plan);
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
          const wait = isDue || !this.#isUsual ? null : this.#deps.beat?.turn(this.#turns, this.#sockets);
          if (wait) {
            void wait.then(() => this.#deps.together?.join(this.#turn(over, true)));
            return null;
          }
          const behind = this.#isUsual ? this.#recent.after(oldestOf(this.#inbox.waiting, this.#rev), this.#rev) : null;
          if (behind === null) return byLoop();
          published = this.#deps.observer?.batch();
          batch = this.#inbox.take();
          planned = this.#planOn(batch, behind, null, this.#deps.clock.now());
          const { entries, settled } = planned.batch;
          return entries.length + settled.length > 0 ? { room: this.id, batch: planned.batch } : publish(planned);
        }),
      done: (isDurable) => void attempt(() => (isDurable && planned !== null ? publish(planned) : byLoop())),
    };
  }

  get #hasWork(): boolean {
    return !this.#inbox.isEmpty || this.bridge.needsTurn || this.#isBehind;
  }

  get #isBehind(): boolean {
    return this.#beyond > this.#rev;
  }

  /** Sockets that are in or on their way, each counted at least once. */
  get #sockets(): number {
    return this.audience.size + this.#arrivals.size + this.bridge.size;
  }

  /** `taken`: edits that had their turn already. */
  async #work(taken: readonly Submission[]): Promise<void> {
    // Edits that arrived in the same turn of the event loop go into one batch.
    await Promise.resolve();
    let first = taken;
    while (first.length > 0 || this.#hasWork) {
      const wait = first.length > 0 ? null : this.#deps.beat?.turn(this.#turns, this.#sockets);
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
        if (batch.length > 0) await this.#birth.complete();
        batch = pinLogged(batch, tried, followed);
        const planned = await this.#plan(batch, now);
        addTried(tried, planned);
        const { entries, settled } = planned.batch;
        if (entries.length + settled.length > 0) {
          const result = await this.#deps.storage.append(this.id, planned.batch);
          this.#storeIs(true);
          if (!result.ok) {
            this.#deps.observer?.conflict();
            this.bridge.discard();
            await this.#followLog(batch, followed);
            continue;
          }
        }
        this.#publish(planned);
        published?.(planned);
        return;
      } catch (error) {
        this.bridge.discard();
        if (error instanceof StageSpoilt) {
          batch = without(batch, error);
          continue;
        }
        if (error instanceof LineageAhead) {
          isBehind = true;
          continue;
        }
        if (!(error instanceof StorageUnavailable) || this.#closed) throw error;
        this.#deps.log.error({ room: this.id, tries, reason: error.message }, 'append failed; edits wait');
        this.#storeIs(false);
        await pause(this.#deps.clock, Math.min(RETRY_MOST_MS, RETRY_FIRST_MS * 2 ** tries));
      }
    }
  }

  async #plan(batch: readonly Submission[], now: number): Promise<Plan> {
    const { limits, storage } = this.#deps;
    const stage = await this.bridge.stage(this.#text);
    const oldest = oldestOf(batch, this.#rev);
    const behind =
      this.#recent.after(oldest, this.#rev) ??
      (await entriesBetween(storage, this.id, oldest, this.#rev, limits.historyPage));
    return this.#planOn(batch, behind, stage, now);
  }

  /** `behind`: all entries since the oldest revision that an edit of the batch was made at. */
  #planOn(batch: readonly Submission[], behind: readonly Entry[], stage: Stage | null, now: number): Plan {
    const { limits } = this.#deps;
    const ops = behind.map((entry) => entry.op);
    return plan(
      batch,
      {
        rev: this.#rev,
        text: this.#text,
        settledOf: (author) => this.settledOf(author),
        since: (rev) => ops.slice(ops.length - (this.#rev - rev)),
        stage,
      },
      limits.advertised.document + limits.documentSlack,
      now,
    );
  }

  #publish({ batch, outcomes }: Plan): void {
    for (const entry of batch.entries) this.#apply(entry);
    for (const { author, seq, rev } of batch.settled) this.#settled.set(author, { seq, rev });
    this.bridge.commit(batch.lineage !== undefined);
    if (batch.entries.length > 0) {
      this.#tell(batch.entries);
      this.#afterRevisions(batch.entries.length);
      this.#watcher?.appended(batch.entries);
    } else this.bridge.publish([]);
    for (const { submission, outcome } of outcomes) submission.done(outcome);
  }

  /** Tells everybody entries that were just applied. */
  #tell(entries: readonly Entry[]): void {
    this.audience.broadcastEntries(opsFrame(entries), this.#rev - entries.length + 1, this.#rev);
    this.bridge.publish(entries);
  }

  #apply(entry: Entry): void {
    this.notes.entry(entry);
    this.#text.apply(entry.op);
    this.#rev = entry.rev;
    // Nobody asks for the bytes of an entry here.
    const { yjs: _, ...bare } = entry;
    this.#recent.push(bare);
    this.#settled.set(entry.author, { seq: entry.seq, rev: entry.rev });
    this.#snapshots.count(entry);
    this.audience.apply(entry.op, entry.author);
  }

  #afterRevisions(count: number): void {
    this.#snapshots.edited(this.#deps.clock.now());
    if (this.#snapshots.dueNow()) this.#saveSnapshot();
    if (Math.floor(this.#rev / HASH_EVERY) !== Math.floor((this.#rev - count) / HASH_EVERY)) this.#sendHash();
  }

  /** Takes entries that other nodes have appended. A store that cannot be read is asked again when somebody says something. */
  async #takeOthers(): Promise<void> {
    const brought = this.#brought;
    this.#brought = [];
    try {
      this.bridge.discard();
      if (brought[0]?.rev === this.#rev + 1) this.#take(brought);
      else await this.#followLog([], []);
    } catch (error) {
      if (!(error instanceof StorageUnavailable)) throw error;
    }
    // A word that was wrong must not keep the loop busy.
    if (this.#isBehind && brought.length === 0) this.#beyond = this.#rev;
  }

  #take(entries: readonly Entry[]): void {
    for (const entry of entries) this.#apply(entry);
    this.#tell(entries);
    this.#afterRevisions(entries.length);
  }

  /** Somebody else appended, or an earlier append of ours was durable after all: take what the log has, into `followed` too. */
  async #followLog(batch: readonly Submission[], followed: Entry[]): Promise<void> {
    const { storage, limits } = this.#deps;
    for (;;) {
      const page = await storage.entries(this.id, this.#rev + 1, this.#rev + limits.historyPage, limits.historyPage);
      if (page.length === 0) break;
      followed.push(...page);
      this.#take(page);
    }
    if (batch.length === 0) return;
    const waiting = new Set(batch.map((one) => one.author));
    for (const { author, last } of await storage.authors(this.id)) {
      if (last && waiting.has(author)) this.#settled.set(author, last);
    }
  }

  #storeIs(ok: boolean): void {
    if (ok === this.#storeOk) return;
    this.#storeOk = ok;
    this.audience.broadcast(storeFrame(ok));
  }

  #saveSnapshot(): void {
    const rev = this.#rev;
    const text = this.#text.snapshot();
    this.#snapshots.save(
      rev,
      () => this.#deps.storage.saveSnapshot(this.id, { rev, text: text.toString() }, this.redactions),
      (error) =>
        this.#deps.log.warn(
          { room: this.id, rev, reason: String(error) },
          'snapshot failed; the log still has everything',
        ),
    );
    this.bridge.save();
    this.notes.save();
  }

  #sendHash(): void {
    this.audience.broadcastLossy(frameOf({ t: 'hash', rev: this.#rev, hash: fnv1a(this.#text.chunks()) }));
  }

  /** The loop met something that trying again cannot mend. Everybody reconnects, and their edits come again. */
  #giveUp(error: unknown): void {
    const fault =
      error instanceof RoomTaken
        ? roomTaken()
        : new ProtocolFault('internal', CloseCode.INTERNAL, 'The server stumbled over this room.');
    if (!(error instanceof RoomTaken)) this.#deps.log.error({ room: this.id, err: error }, 'room given up');
    this.#closed = true;
    for (const submission of this.#inbox.drop()) submission.done({ kind: 'refused', fault });
    this.bridge.endAll(fault);
    this.audience.endAll(fault);
  }

  /** True after the room gave up or was closed: it must not be found again. */
  get closed(): boolean {
    return this.#closed;
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

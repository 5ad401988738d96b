import { fnv1a, Text } from '../../lib/ot/index.ts';
import { CloseCode, ProtocolFault, type Range } from '../../lib/protocol/index.ts';
import type { SharedText } from '../../lib/yjs/index.ts';
import type { ServerLimits } from '../limits.ts';
import { Holders } from '../links/holders.ts';
import type { NoteLimits } from '../notes/note-limits.ts';
import type { NoteNews } from '../notes/noted-room.ts';
import { RoomNotes } from '../notes/room-notes.ts';
import {
  StorageUnavailable,
  type Entry,
  type NewAuthor,
  type NewRoom,
  type StoredMeta,
  type StoredRoom,
} from '../storage/storage.ts';
import { Arrivals, roomFull, type Joining } from './arrivals.ts';
import { Audience } from './audience.ts';
import { Birth, roomTaken, RoomTaken } from './birth.ts';
import { Bridge } from './bridge.ts';
import { frameOf, opsFrame, storeFrame } from './frame.ts';
import type { Member } from './member.ts';
import { RoomMeta, type Meta } from './meta.ts';
import type { Plan, Settled, Submission } from './plan.ts';
import { RecentEntries } from './recent.ts';
import { SettledAuthors } from './settled-authors.ts';
import { SnapshotRule, type SnapshotLimits } from './snapshot-rule.ts';
import { WriteLoop, type WriteLoopDeps, type WrittenRoom } from './write-loop.ts';
import type { YjsMember } from './yjs-member.ts';

/** Both ends compare the hash of the text this often (P4). */
const HASH_EVERY = 256;

export type RoomLimits = SnapshotLimits &
  WriteLoopDeps['limits'] &
  NoteLimits &
  Pick<ServerLimits, 'lineage' | 'recentEntries' | 'members' | 'cursorEveryMs'>;

/** Hears what this room does to the log, for other nodes to know. */
export interface RoomWatcher {
  /** Appended here, not elsewhere. */
  appended(entries: readonly Entry[]): void;
  /** Title, language or lock was changed here. */
  described(): void;
  /** Something was said here beside the text. */
  noted(news: NoteNews): void;
}

export interface RoomDeps extends WriteLoopDeps {
  limits: RoomLimits;
  /** Between 0 and 1; tests make it repeatable. */
  random?: () => number;
}

/**
 * One shared document: its committed text, its queue of edits, and the people in it. Sockets, clocks and disks are
 * parameters. What is written goes through a loop (`WriteLoop`), which hands it on when it is durable: memory never holds an
 * uncommitted revision (P1, P2).
 */
export class Room implements WrittenRoom {
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
  readonly #writes: WriteLoop;
  readonly #snapshots: SnapshotRule;
  readonly #birth: Birth;
  readonly #arrivals: Arrivals;
  readonly bridge: Bridge;
  readonly notes: RoomNotes;
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
    this.#settled = new SettledAuthors(deps.storage, this);
    this.#recent = new RecentEntries(deps.limits.recentEntries);
    this.#text = Text.of(stored.snapshot?.text ?? '');
    this.#rev = stored.snapshot?.rev ?? 0;
    this.#writes = new WriteLoop(deps, this, this.#text);
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
    return this.#writes.storeOk;
  }

  get isOverfull(): boolean {
    return this.sockets > this.#deps.limits.members;
  }

  /** Sockets that are in or on their way, each counted at least once. */
  get sockets(): number {
    return this.audience.size + this.#arrivals.size + this.bridge.size;
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
    return this.#writes.holds(author);
  }

  /** Returns how to stop. There is one watcher at a time. */
  watch(watcher: RoomWatcher): () => void {
    this.#watcher = watcher;
    return () => {
      this.#watcher = null;
    };
  }

  /** See `WriteLoop.follow`. */
  follow(rev: number, entries: readonly Entry[] = []): void {
    this.#writes.follow(rev, entries);
  }

  /** Looks whether the log has more, and resolves when it was taken. Rejects with `StorageUnavailable`. */
  async freshen(): Promise<void> {
    if (!this.exists) return;
    const head = (await this.#deps.storage.heads([this.id])).get(this.id) ?? 0;
    if (head <= this.#rev) return;
    this.follow(head);
    await this.#writes.running;
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
  idle(author: number): Promise<void> {
    return this.#writes.idle(author);
  }

  /** Neither people nor work: may be unloaded. */
  get quiet(): boolean {
    return this.sockets === 0 && this.#writes.running === null && !this.#snapshots.saving && !this.notes.busy;
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
    if (this.sockets >= this.#deps.limits.members) throw roomFull(CloseCode.TRY_AGAIN);
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
    this.#writes.submit(submission);
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
    if (this.exists && this.#settled.size > this.sockets) {
      this.#settled.forgetUnless(
        (author) =>
          [this.audience, this.#arrivals, this.bridge].some((place) => place.hasAuthor(author)) || this.holds(author),
      );
    }
    this.#arrivals.tick();
    if (this.#writes.running === null) this.bridge.tick();
    const due = this.#snapshots.dueWhenIdle(this.#rev, this.#deps.clock.now());
    if (due.snapshot) this.#saveSnapshot();
    if (due.hash && this.exists) this.#sendHash();
  }

  /** Resolves when nothing is queued, or when the store cannot write: then it would not end. */
  settled(): Promise<void> {
    return this.#writes.settled();
  }

  /** Waits until everything queued is durable and snapshotted; the room takes nothing afterwards. */
  async close(): Promise<void> {
    this.#closed = true;
    this.audience.close();
    await this.#writes.running;
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
    await this.#writes.running;
    await this.#meta.settled();
    await this.#snapshots.saved();
    await this.notes.settled();
    await this.bridge.abandon();
  }

  /** There is something to write. */
  wake(): void {
    this.#writes.wake();
  }

  settle(author: number, last: Settled): void {
    this.#settled.set(author, last);
  }

  complete(): Promise<void> {
    return this.#birth.complete();
  }

  publish({ batch, outcomes }: Plan): void {
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

  take(entries: readonly Entry[]): void {
    for (const entry of entries) this.#apply(entry);
    this.#tell(entries);
    this.#afterRevisions(entries.length);
  }

  storeIs(ok: boolean): void {
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

  giveUp(error: unknown, refuse: (fault: ProtocolFault) => void): void {
    const fault =
      error instanceof RoomTaken
        ? roomTaken()
        : new ProtocolFault('internal', CloseCode.INTERNAL, 'The server stumbled over this room.');
    if (!(error instanceof RoomTaken)) this.#deps.log.error({ room: this.id, err: error }, 'room given up');
    this.#closed = true;
    refuse(fault);
    this.bridge.endAll(fault);
    this.audience.endAll(fault);
  }

  /** True after the room gave up or was closed: it must not be found again. */
  get closed(): boolean {
    return this.#closed;
  }
}

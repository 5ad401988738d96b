import { fnv1a, Text } from '../../lib/ot/index.ts';
import { CloseCode, ProtocolFault, type Range } from '../../lib/protocol/index.ts';
import type { Clock } from '../clock.ts';
import type { ServerLimits } from '../limits.ts';
import type { Log } from '../log.ts';
import {
  StorageUnavailable,
  type Entry,
  type NewAuthor,
  type NewRoom,
  type Storage,
  type StoredRoom,
} from '../storage/storage.ts';
import { Audience } from './audience.ts';
import { Birth, RoomTaken } from './birth.ts';
import { frameOf, opsFrame, storeFrame } from './frame.ts';
import { entriesBetween } from './history.ts';
import { Inbox, type InboxLimits } from './inbox.ts';
import type { Member } from './member.ts';
import { RoomMeta, type Meta } from './meta.ts';
import { pinLogged } from './pin-logged.ts';
import { plan, type Plan, type Settled, type Submission } from './plan.ts';
import { firstPortion } from './portion.ts';
import { RecentEntries } from './recent.ts';
import { SnapshotRule, type SnapshotLimits } from './snapshot-rule.ts';

/** Both ends compare the hash of the text this often (P4). */
const HASH_EVERY = 256;
/** Waits between tries while the store cannot write: quick at first, for most trouble is short. */
const RETRY_FIRST_MS = 100;
const RETRY_MOST_MS = 5_000;

export type RoomLimits = SnapshotLimits &
  InboxLimits &
  Pick<
    ServerLimits,
    'advertised' | 'documentSlack' | 'recentEntries' | 'lateEdit' | 'historyPage' | 'members' | 'cursorEveryMs'
  >;

export interface RoomDeps {
  storage: Storage;
  clock: Clock;
  log: Log;
  limits: RoomLimits;
}

export interface Joining {
  member: Member;
  session: string;
  /** What the client has already, if it has anything. */
  from: { rev: number; epoch: string } | null;
}

/**
 * One shared document: its committed text, its queue of edits, and the people in it. Sockets, clocks and disks are
 * parameters. Edits wait in an inbox; a loop plans all that wait as one batch, appends it, and only when it is durable
 * applies and broadcasts it (P1, P2): memory never holds an uncommitted revision.
 */
export class Room {
  readonly id: string;
  readonly epoch: string;
  readonly audience: Audience;
  readonly #deps: RoomDeps;
  readonly #text: Text;
  #rev: number;
  readonly #meta: RoomMeta;
  readonly #recent: RecentEntries;
  /** What is settled of the authors that are in, or have edits waiting. Others are in the storage. */
  readonly #settled = new Map<number, Settled>();
  /** Calls of `author` that wait for the storage. */
  #opening = 0;
  readonly #inbox: Inbox;
  #loop: Promise<void> | null = null;
  #storeOk = true;
  readonly #snapshots: SnapshotRule;
  readonly #birth: Birth;
  /** Sockets that are catching up. A newer one of the same author takes the place. */
  readonly #joining = new Map<number, Member>();
  #closed = false;

  private constructor(deps: RoomDeps, stored: StoredRoom, birth: NewRoom | null) {
    this.#deps = deps;
    this.id = stored.id;
    this.epoch = stored.epoch;
    this.audience = new Audience(deps.clock, deps.limits.cursorEveryMs);
    this.#meta = new RoomMeta({ title: stored.title, language: stored.language, file: stored.file });
    this.#birth = new Birth(deps.storage, birth);
    this.#inbox = new Inbox(deps.limits);
    this.#recent = new RecentEntries(deps.limits.recentEntries);
    this.#text = Text.of(stored.snapshot?.text ?? '');
    this.#rev = stored.snapshot?.rev ?? 0;
    this.#snapshots = new SnapshotRule(deps.limits, this.#rev, deps.clock.now());
    for (const entry of stored.entries) this.#apply(entry);
  }

  /** A room as the storage has it. Throws if its log does not fit its snapshot: then it is not served (P11). */
  static load(deps: RoomDeps, stored: StoredRoom): Room {
    return new Room(deps, stored, null);
  }

  /** A room that its first edit will create. */
  static fresh(deps: RoomDeps, birth: NewRoom): Room {
    return new Room(deps, { ...birth, file: null, snapshot: null, entries: [] }, birth);
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

  /** Neither people nor work: may be unloaded. */
  get quiet(): boolean {
    return this.audience.size === 0 && this.#joining.size === 0 && this.#loop === null && !this.#snapshots.saving;
  }

  /** The author number of a client, given on first sight and durable before anybody sees it. */
  async author(who: NewAuthor): Promise<number> {
    if (this.#birth.pending) return this.#birth.author(who);
    this.#opening += 1;
    const stored = await this.#deps.storage.openAuthor(this.id, who).finally(() => (this.#opening -= 1));
    const { author, last } = stored;
    // An edit that waits here may be in the log without our knowing, if the answer of its append was lost. It keeps its
    // number until the log tells.
    const isOurs = last !== null && last.rev > this.#rev && this.#inbox.holds(author);
    if (last && !isOurs && last.seq > (this.#settled.get(author)?.seq ?? 0)) this.#settled.set(author, last);
    return author;
  }

  /**
   * Brings a member up to date and lets it in. Resolves when it is in, or was ended meanwhile. While it catches up
   * its session must not pass on edits: they would be answered before the revisions that they are answered in.
   */
  async join({ member, session, from }: Joining): Promise<void> {
    const { author } = member.person;
    const superseded = new ProtocolFault(
      'superseded',
      CloseCode.SUPERSEDED,
      'A newer connection took the place of this one.',
    );
    const older = this.#joining.get(author);
    // First, so that what is settled of the author is not forgotten when the older socket leaves.
    this.#joining.set(author, member);
    older?.end(superseded);
    this.audience.supersede(author, superseded);
    if (this.audience.size + this.#joining.size > this.#deps.limits.members) {
      member.end(new ProtocolFault('room-full', CloseCode.TOO_FAST, 'This room is full. Trying again later.'));
      return;
    }
    const isHere = (): boolean => this.#joining.get(author) === member;
    const letIn = (): void => {
      this.audience.add(member, this.#rev);
      if (!this.#storeOk) member.send(storeFrame(false));
    };
    try {
      if (from && this.#canResume(from)) {
        this.#welcome(member, session, from.rev, false);
        await this.#catchUp(member, isHere, letIn);
      } else {
        // A client that starts from the text rebases its unsent edits; one that is still being written here must
        // be settled before it learns what `last` is.
        await this.#settledAll(author);
        if (!isHere()) return;
        this.#welcome(member, session, this.#rev, true);
        letIn();
      }
    } finally {
      if (this.#joining.get(author) === member) this.#joining.delete(author);
    }
  }

  /** Tells a member the entries that were withheld from it, and then where everybody is. */
  async bringUp(member: Member): Promise<void> {
    const isHere = (): boolean => this.audience.has(member);
    await this.#catchUp(member, isHere, () => this.audience.tellCarets(member, this.#rev));
  }

  leave(member: Member): void {
    const { author } = member.person;
    if (this.#joining.get(author) === member) this.#joining.delete(author);
    this.audience.remove(member);
  }

  /** Queues an edit. Its `done` is called when it is durable, or refused. */
  submit(submission: Submission): void {
    if (this.#rev - submission.rev > this.#deps.limits.lateEdit) {
      const why = `Revision ${submission.rev} is too long ago; the newest is ${this.#rev}.`;
      submission.done({ kind: 'refused', fault: new ProtocolFault('bad-rev', CloseCode.BAD_MESSAGE, why) });
      return;
    }
    if (!this.#inbox.push(submission)) {
      const fault = new ProtocolFault('too-fast', CloseCode.TOO_FAST, 'Too many edits are waiting in this room.');
      submission.done({ kind: 'refused', fault });
      return;
    }
    this.#wake();
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
    const { title, language } = change;
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
    this.#forgetAbsent();
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
  }

  #canResume(from: { rev: number; epoch: string }): boolean {
    const behind = this.#rev - from.rev;
    return from.epoch === this.epoch && behind >= 0 && behind <= this.#deps.limits.advertised.catchUp;
  }

  /** Welcomes a member that will then be at `rev`. */
  #welcome(member: Member, session: string, rev: number, withText: boolean): void {
    const { role, author } = member.person;
    member.welcome(
      frameOf({
        t: 'welcome',
        session,
        epoch: this.epoch,
        rev: this.#rev,
        role,
        you: author,
        title: this.meta.title,
        language: this.meta.language,
        limits: this.#deps.limits.advertised,
        last: this.#settled.get(author) ?? null,
        ...(withText && { text: this.text() }),
      }),
      rev,
    );
  }

  /**
   * Sends what the member was not told yet, page by page and no faster than it reads, for as long as it is here. Calls
   * `arrived` in the very moment when nothing is missing: a promise would be answered later, and an entry come between.
   */
  async #catchUp(member: Member, isHere: () => boolean, arrived: () => void): Promise<void> {
    const { storage, limits } = this.#deps;
    while (member.rev < this.#rev && isHere()) {
      await member.roomForMore();
      if (!isHere()) return;
      if (member.rev >= this.#rev) break;
      const at = member.rev;
      const kept = this.#recent.after(at, this.#rev);
      const read = kept ?? (await storage.entries(this.id, at + 1, this.#rev, limits.historyPage));
      const page = firstPortion(read, limits.historyPage, limits.batchUnits);
      if (page.length === 0) throw new StorageUnavailable(`Revision ${at + 1} of a room is missing.`);
      member.sendEntries(opsFrame(page), at + 1, at + page.length);
    }
    if (isHere()) arrived();
  }

  /** Resolves when no edit of the author's waits or is being written. */
  async #settledAll(author: number): Promise<void> {
    while (this.#inbox.holds(author) && this.#loop) await this.#loop;
  }

  /**
   * What is settled of an author need not be kept while it is neither here nor has edits waiting. Only between two turns
   * of the event loop, and not while an author is being opened: between reading what is settled of it and its joining,
   * an older socket of it may leave and an append of its edit end, and then `welcome` would know less than the log.
   */
  #forgetAbsent(): void {
    if (this.#opening > 0 || !this.exists) return;
    for (const author of this.#settled.keys()) {
      const here = this.audience.hasAuthor(author) || this.#joining.has(author);
      if (!here && !this.#inbox.holds(author)) this.#settled.delete(author);
    }
  }

  #wake(): void {
    this.#loop ??= this.#work().finally(() => {
      this.#loop = null;
      if (!this.#inbox.isEmpty && !this.#closed) this.#wake();
    });
  }

  async #work(): Promise<void> {
    // Edits that arrived in the same turn of the event loop go into one batch.
    await Promise.resolve();
    while (!this.#inbox.isEmpty) {
      const batch = this.#inbox.take();
      try {
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
    let batch = taken;
    // One time for all tries, so that an entry is known again if an earlier try was durable after all.
    const now = this.#deps.clock.now();
    let tried: Plan | null = null;
    const followed: Entry[] = [];
    for (let tries = 0; ; tries++) {
      try {
        await this.#birth.complete();
        if (tried) batch = pinLogged(batch, tried, followed);
        const planned = await this.#plan(batch, now);
        tried = planned;
        const { entries, settled } = planned.batch;
        if (entries.length + settled.length > 0) {
          const result = await this.#deps.storage.append(this.id, planned.batch);
          this.#storeIs(true);
          if (!result.ok) {
            await this.#followLog(batch, followed);
            continue;
          }
        }
        this.#publish(planned);
        return;
      } catch (error) {
        if (!(error instanceof StorageUnavailable) || this.#closed) throw error;
        this.#deps.log.error({ room: this.id, tries, reason: error.message }, 'append failed; edits wait');
        this.#storeIs(false);
        await pause(this.#deps.clock, Math.min(RETRY_MOST_MS, RETRY_FIRST_MS * 2 ** tries));
      }
    }
  }

  async #plan(batch: readonly Submission[], now: number): Promise<Plan> {
    const { limits, storage } = this.#deps;
    const oldest = batch.reduce((least, one) => Math.min(least, one.rev), this.#rev);
    const behind =
      this.#recent.after(oldest, this.#rev) ??
      (await entriesBetween(storage, this.id, oldest, this.#rev, limits.historyPage));
    const ops = behind.map((entry) => entry.op);
    return plan(
      batch,
      {
        rev: this.#rev,
        text: this.#text,
        settledOf: (author) => this.#settled.get(author) ?? null,
        since: (rev) => ops.slice(ops.length - (this.#rev - rev)),
      },
      limits.advertised.document + limits.documentSlack,
      now,
    );
  }

  #publish({ batch, outcomes }: Plan): void {
    for (const entry of batch.entries) this.#apply(entry);
    for (const { author, seq, rev } of batch.settled) this.#settled.set(author, { seq, rev });
    if (batch.entries.length > 0) {
      this.#tell(batch.entries);
      this.#afterRevisions(batch.entries.length);
    }
    for (const { submission, outcome } of outcomes) submission.done(outcome);
  }

  /** Tells everybody entries that were just applied. */
  #tell(entries: readonly Entry[]): void {
    this.audience.broadcastEntries(opsFrame(entries), this.#rev - entries.length + 1, this.#rev);
  }

  #apply(entry: Entry): void {
    this.#text.apply(entry.op);
    this.#rev = entry.rev;
    this.#recent.push(entry);
    this.#settled.set(entry.author, { seq: entry.seq, rev: entry.rev });
    this.#snapshots.count(entry);
    this.audience.apply(entry.op, entry.author);
  }

  #afterRevisions(count: number): void {
    this.#snapshots.edited(this.#deps.clock.now());
    if (this.#snapshots.dueNow()) this.#saveSnapshot();
    if (Math.floor(this.#rev / HASH_EVERY) !== Math.floor((this.#rev - count) / HASH_EVERY)) this.#sendHash();
  }

  /** Somebody else appended, or an earlier append of ours was durable after all: take what the log has, into `followed` too. */
  async #followLog(batch: readonly Submission[], followed: Entry[]): Promise<void> {
    const { storage, limits } = this.#deps;
    for (;;) {
      const page = await storage.entries(this.id, this.#rev + 1, this.#rev + limits.historyPage, limits.historyPage);
      if (page.length === 0) break;
      for (const entry of page) this.#apply(entry);
      followed.push(...page);
      this.#tell(page);
      this.#afterRevisions(page.length);
    }
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
      () => this.#deps.storage.saveSnapshot(this.id, { rev, text: text.toString() }),
      (error) =>
        this.#deps.log.warn(
          { room: this.id, rev, reason: String(error) },
          'snapshot failed; the log still has everything',
        ),
    );
  }

  #sendHash(): void {
    this.audience.broadcastLossy(frameOf({ t: 'hash', rev: this.#rev, hash: fnv1a(this.#text.chunks()) }));
  }

  /** The loop met something that trying again cannot mend. Everybody reconnects, and their edits come again. */
  #giveUp(error: unknown): void {
    const fault =
      error instanceof RoomTaken
        ? new ProtocolFault('internal', CloseCode.INTERNAL, 'Somebody made this room first. Joining it.')
        : new ProtocolFault('internal', CloseCode.INTERNAL, 'The server stumbled over this room.');
    if (!(error instanceof RoomTaken)) this.#deps.log.error({ room: this.id, err: error }, 'room given up');
    this.#closed = true;
    for (const submission of this.#inbox.drop()) submission.done({ kind: 'refused', fault });
    this.audience.endAll(fault);
  }

  /** True after the room gave up or was closed: it must not be found again. */
  get closed(): boolean {
    return this.#closed;
  }
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.after(ms, resolve));
}

import type { Op } from '../../lib/ot/index.ts';
import type { Person, ProtocolFault, Range } from '../../lib/protocol/index.ts';
import type { Clock } from '../clock.ts';
import { type EntriesFrame, frameOf } from './frame.ts';
import type { Member } from './member.ts';
import { mapRanges, Presence } from './presence.ts';

/** Joins and leaves within this time are told in one message: a class that opens a link at once stays quiet. */
const PEOPLE_MS = 100;

/** Of somebody who writes in the chat the others hear at most this often, in ms: less than the 3 s of an honest client. */
const WRITING_MS = 1_000;

/** Hears who comes and goes, and whose carets have moved by their own doing. */
export interface AudienceWatcher {
  /** Joined, or has another name or colour. */
  came(person: Person): void;
  left(author: number): void;
  /** A newer socket of the same author is to take the place of a member's here. */
  replaced(author: number): void;
  moved(author: number): void;
  /** Put somewhere by who is a member here, and not by an entry. */
  placed(author: number): void;
  /** A member here writes in the chat, and the others were told. */
  wrote(author: number): void;
}

/** Who is in a room, and what those on this node are told of each other and of the rest. Knows nothing of the log. */
export class Audience {
  readonly #clock: Clock;
  readonly #cursorEveryMs: number;
  /** One member an author: a newer socket of the same client takes the place of the older. */
  readonly #members = new Map<number, Member>();
  readonly #presence = new Presence();
  /** Who is here on other nodes. A member of ours with the same author goes before. */
  readonly #remote = new Map<number, Person>();
  #joined = new Map<number, Person>();
  #left = new Set<number>();
  #cancelPeople: (() => void) | null = null;
  #moved = new Set<number>();
  #cancelCarets: (() => void) | null = null;
  /** When the others last heard that these write in the chat, in ms as of the clock. */
  readonly #wrote = new Map<number, number>();
  readonly #watchers = new Set<AudienceWatcher>();

  /** Carets are told at most once in `cursorEveryMs`. */
  constructor(clock: Clock, cursorEveryMs: number) {
    this.#clock = clock;
    this.#cursorEveryMs = cursorEveryMs;
  }

  get size(): number {
    return this.#members.size;
  }

  /** Returns how to stop watching. */
  watch(watcher: AudienceWatcher): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  has(member: Member): boolean {
    return this.#members.get(member.person.author) === member;
  }

  hasAuthor(author: number): boolean {
    return this.#members.has(author);
  }

  /** Ends an older socket of the same author, without telling the others that anybody left. */
  supersede(author: number, fault: ProtocolFault): void {
    const older = this.#members.get(author);
    if (!older) return;
    this.#members.delete(author);
    for (const watcher of this.#watchers) watcher.replaced(author);
    older.end(fault);
  }

  /** Ends the socket of an author who is on another node now. Whom `remoteCame` has not told of is gone. */
  movedAway(author: number, fault: ProtocolFault): void {
    this.#members.get(author)?.end(fault);
  }

  /** Adds a member that has caught up, tells it who is here and where they are at `rev`, and tells the others. */
  add(member: Member, rev: number): void {
    const { person } = member;
    this.#members.set(person.author, member);
    // First: what it is told next may be too much for it, and end it.
    this.#announce(person);
    member.send(frameOf({ t: 'people', join: this.people(), leave: [] }));
    this.tellCarets(member, rev);
  }

  /** Tells a member where all the others are at `rev`, which it has just been brought to. */
  tellCarets(member: Member, rev: number): void {
    for (const [author, ranges] of this.#presence.entries()) {
      if (author !== member.person.author) member.sendLossy(frameOf({ t: 'cursor', rev, author, ranges }));
    }
  }

  remove(member: Member): void {
    const { author } = member.person;
    if (!this.has(member)) return;
    this.#members.delete(author);
    const elsewhere = this.#remote.get(author);
    if (elsewhere) this.#announce(elsewhere);
    else this.#forget(author);
  }

  /** The member's `person` has changed. */
  renamed(member: Member): void {
    if (this.has(member)) this.#announce(member.person);
  }

  people(): Person[] {
    const remote = [...this.#remote.values()].filter(({ author }) => !this.#members.has(author));
    return [...this.members(), ...remote];
  }

  /** One of this node. */
  member(author: number): Person | undefined {
    return this.#members.get(author)?.person;
  }

  /** Those of this node. */
  members(): Person[] {
    return [...this.#members.values()].map((member) => member.person);
  }

  /** Somebody came, or changed, on another node. */
  remoteCame(person: Person): void {
    this.#remote.set(person.author, person);
    if (!this.#members.has(person.author)) this.#announce(person);
  }

  remoteLeft(author: number): void {
    if (this.#remote.delete(author) && !this.#members.has(author)) this.#forget(author);
  }

  /** Carets of somebody on another node, as `moveCarets` has them. */
  remoteMoved(
    author: number,
    ranges: readonly Range[],
    missed: readonly { op: Op }[],
    length: number,
    rev: () => number,
  ): void {
    if (this.#remote.has(author) && !this.#members.has(author)) this.#move(author, ranges, missed, length, rev);
  }

  broadcast(frame: Buffer): void {
    for (const member of this.#members.values()) member.send(frame);
  }

  /** Entries `first` … `last`, in one frame. */
  broadcastEntries(frame: EntriesFrame, first: number, last: number): void {
    for (const member of this.#members.values()) member.sendEntries(frame, first, last);
  }

  /** What comes again, and may be left out for slow readers. */
  broadcastLossy(frame: Buffer): void {
    for (const member of this.#members.values()) member.sendLossy(frame);
  }

  /**
   * Carets of a member, made before the entries `missed`; the committed text has `length` units. The others hear of it
   * within `cursorEveryMs`, at the revision that `rev` then gives.
   */
  moveCarets(
    member: Member,
    ranges: readonly Range[],
    missed: readonly { op: Op }[],
    length: number,
    rev: () => number,
  ): void {
    if (!this.has(member)) return;
    const { author } = member.person;
    this.#move(author, ranges, missed, length, rev);
    for (const watcher of this.#watchers) watcher.placed(author);
  }

  /** A member writes in the chat. Told to the others now, or not at all. */
  writes(member: Member): void {
    const { author } = member.person;
    if (!this.has(member) || !this.#tellWriting(author)) return;
    for (const watcher of this.#watchers) watcher.wrote(author);
  }

  /** Somebody on another node writes in the chat. */
  remoteWrites(author: number): void {
    if (this.#remote.has(author) && !this.#members.has(author)) this.#tellWriting(author);
  }

  /** False if that was told a moment ago. */
  #tellWriting(author: number): boolean {
    const now = this.#clock.now();
    const last = this.#wrote.get(author);
    if (last !== undefined && now - last < WRITING_MS) return false;
    this.#wrote.set(author, now);
    this.#tellOthers(author, frameOf({ t: 'writing', author }));
    return true;
  }

  #move(
    author: number,
    ranges: readonly Range[],
    missed: readonly { op: Op }[],
    length: number,
    rev: () => number,
  ): void {
    const now = missed.reduce((moved, entry) => mapRanges(moved, entry.op), ranges);
    this.#presence.set(author, now, length);
    this.#moved.add(author);
    for (const watcher of this.#watchers) watcher.moved(author);
    this.#cancelCarets ??= this.#clock.after(this.#cursorEveryMs, () => this.#sendCarets(rev()));
  }

  /** Keeps carets in step with a committed entry. */
  apply(op: Op, author: number): void {
    this.#presence.apply(op, author);
    for (const watcher of this.#watchers) watcher.moved(author);
  }

  /** Where an author's carets are, in the committed text. */
  caretsOf(author: number): readonly Range[] {
    return this.#presence.get(author) ?? [];
  }

  endAll(fault: ProtocolFault): void {
    for (const member of this.#members.values()) member.end(fault);
  }

  /** Stops the timers; nothing more is announced. */
  close(): void {
    this.#cancelPeople?.();
    this.#cancelCarets?.();
  }

  #forget(author: number): void {
    this.#presence.remove(author);
    this.#wrote.delete(author);
    this.#moved.delete(author);
    this.#joined.delete(author);
    this.#left.add(author);
    this.#schedulePeople();
    for (const watcher of this.#watchers) watcher.left(author);
  }

  #announce(person: Person): void {
    this.#left.delete(person.author);
    this.#joined.set(person.author, person);
    this.#schedulePeople();
    for (const watcher of this.#watchers) watcher.came(person);
  }

  #schedulePeople(): void {
    this.#cancelPeople ??= this.#clock.after(PEOPLE_MS, () => this.#sendPeople());
  }

  #sendPeople(): void {
    this.#cancelPeople = null;
    const frame = frameOf({ t: 'people', join: [...this.#joined.values()], leave: [...this.#left] });
    this.#joined = new Map();
    this.#left = new Set();
    this.broadcast(frame);
  }

  #sendCarets(rev: number): void {
    this.#cancelCarets = null;
    const moved = this.#moved;
    this.#moved = new Set();
    for (const author of moved) {
      const ranges = this.#presence.get(author);
      if (!ranges) continue;
      this.#tellOthers(author, frameOf({ t: 'cursor', rev, author, ranges }));
    }
  }

  /** What all but one may hear, and may miss. */
  #tellOthers(author: number, frame: Buffer): void {
    for (const member of this.#members.values()) {
      if (member.person.author !== author) member.sendLossy(frame);
    }
  }
}

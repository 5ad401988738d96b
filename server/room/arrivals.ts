import { CloseCode, ProtocolFault } from '../../lib/protocol/index.ts';
import type { ServerLimits } from '../limits.ts';
import { StorageUnavailable, type Entry, type Storage } from '../storage/storage.ts';
import type { Audience } from './audience.ts';
import { EncodedText } from './encoded-text.ts';
import { frameOf, opsFrame, storeFrame, welcomePieces } from './frame.ts';
import type { Member } from './member.ts';
import type { Meta } from './meta.ts';
import type { Settled } from './plan.ts';
import { firstPortion } from './portion.ts';

export interface Joining {
  member: Member;
  session: string;
  /** What the client has already, if it has anything. */
  from: { rev: number; epoch: string } | null;
}

/** What is told to those who arrive, as the room has it at that moment. */
export interface ArrivalsRoom {
  readonly id: string;
  readonly epoch: string;
  readonly rev: number;
  readonly meta: Readonly<Meta>;
  readonly audience: Audience;
  /** False while the server cannot write. */
  readonly storeOk: boolean;
  /** As many sockets are here, with those that arrive, as may be. */
  readonly isOverfull: boolean;
  readonly notes: { readonly heads: { chat?: number; threads?: number } };
  text(): string;
  settledOf(author: number): Settled | null;
  /** Entries after `rev`, if they are still in memory. */
  recentAfter(rev: number): readonly Entry[] | null;
  /** Resolves when no edit of the author's waits or is being written. */
  idle(author: number): Promise<void>;
}

export type ArrivalsLimits = Pick<ServerLimits, 'advertised' | 'historyPage' | 'batchUnits'>;

/** How members come in, and how one is brought up to date that was told too little for a while. */
export class Arrivals {
  readonly #storage: Storage;
  readonly #limits: ArrivalsLimits;
  readonly #room: ArrivalsRoom;
  /** Sockets that are catching up. A newer one of the same author takes the place. */
  readonly #joining = new Map<number, Member>();
  /** Those of them that were welcomed. */
  readonly #welcomed = new Set<Member>();
  readonly #text = new EncodedText();

  constructor(storage: Storage, limits: ArrivalsLimits, room: ArrivalsRoom) {
    this.#storage = storage;
    this.#limits = limits;
    this.#room = room;
  }

  get size(): number {
    return this.#joining.size;
  }

  hasAuthor(author: number): boolean {
    return this.#joining.has(author);
  }

  /**
   * Brings a member up to date and lets it in. Resolves when it is in, or was ended meanwhile. While it catches up
   * its session must not pass on edits: they would be answered before the revisions that they are answered in.
   */
  async join({ member, session, from }: Joining): Promise<void> {
    const { author } = member.person;
    const { audience } = this.#room;
    const older = this.#joining.get(author);
    // First, so that what is settled of the author is not forgotten when the older socket leaves.
    this.#joining.set(author, member);
    older?.end(superseded());
    if (audience.hasAuthor(author)) audience.supersede(author, superseded());
    if (this.#room.isOverfull) return member.end(roomFull(CloseCode.TOO_FAST));
    const isHere = (): boolean => this.#joining.get(author) === member;
    const letIn = (): void => {
      this.#welcomed.delete(member);
      audience.add(member, this.#room.rev);
      if (!this.#room.storeOk) member.send(storeFrame(false));
    };
    try {
      if (from && this.#canResume(from)) {
        this.#welcome(member, session, from.rev, false);
        this.#welcomed.add(member);
        await this.#catchUp(member, isHere, letIn);
      } else {
        // A client that starts from the text rebases its unsent edits; one that is still being written here must
        // be settled before it learns what `last` is.
        await this.#room.idle(author);
        if (!isHere()) return;
        this.#welcome(member, session, this.#room.rev, true);
        // The welcome may have been too much for it, and ended it.
        if (isHere()) letIn();
      }
    } finally {
      this.forget(member);
    }
  }

  /** Tells a member the entries that were withheld from it, and then where everybody is. */
  async bringUp(member: Member): Promise<void> {
    const { audience } = this.#room;
    const isHere = (): boolean => audience.has(member);
    await this.#catchUp(member, isHere, () => audience.tellCarets(member, this.#room.rev));
  }

  /** Tells those who are still catching up what needs no order with the entries. */
  tell(frame: Buffer): void {
    for (const member of this.#welcomed) member.send(frame);
  }

  /** It has left, or is in. */
  forget(member: Member): void {
    const { author } = member.person;
    this.#welcomed.delete(member);
    if (this.#joining.get(author) === member) this.#joining.delete(author);
  }

  /** Called now and then: lets go of what nobody who arrives has asked for since. */
  tick(): void {
    this.#text.tick();
  }

  #canResume(from: { rev: number; epoch: string }): boolean {
    const behind = this.#room.rev - from.rev;
    return from.epoch === this.#room.epoch && behind >= 0 && behind <= this.#limits.advertised.catchUp;
  }

  /** Welcomes a member that will then be at `rev`. */
  #welcome(member: Member, session: string, rev: number, withText: boolean): void {
    const { role, author } = member.person;
    const { signedIn } = member;
    const { epoch, rev: newest, meta, notes } = this.#room;
    const message = {
      t: 'welcome',
      session,
      epoch,
      rev: newest,
      role,
      ...(meta.locked && { locked: true }),
      ...(signedIn !== undefined && { signedIn }),
      you: author,
      title: meta.title,
      language: meta.language,
      limits: this.#limits.advertised,
      last: this.#room.settledOf(author),
      ...notes.heads,
    } as const;
    if (!withText) return member.welcome(frameOf(message), rev);
    const pieces = welcomePieces(
      message,
      this.#text.at(newest, () => this.#room.text()),
    );
    if (member.welcomeInPieces) member.welcomeInPieces(pieces, rev);
    else member.welcome(Buffer.concat(pieces), rev);
  }

  /**
   * Sends what the member was not told yet, page by page and no faster than it reads, for as long as it is here. Calls
   * `arrived` in the very moment when nothing is missing: a promise would be answered later, and an entry come between.
   */
  async #catchUp(member: Member, isHere: () => boolean, arrived: () => void): Promise<void> {
    const { historyPage, batchUnits } = this.#limits;
    while (member.rev < this.#room.rev && isHere()) {
      await member.roomForMore();
      if (!isHere()) return;
      if (member.rev >= this.#room.rev) break;
      const at = member.rev;
      const kept = this.#room.recentAfter(at);
      const read = kept ?? (await this.#storage.entries(this.#room.id, at + 1, this.#room.rev, historyPage));
      const page = firstPortion(read, historyPage, batchUnits);
      if (page.length === 0) throw new StorageUnavailable(`Revision ${at + 1} of a room is missing.`);
      member.sendEntries(opsFrame(page), at + 1, at + page.length);
    }
    if (isHere()) arrived();
  }
}

function superseded(): ProtocolFault {
  return new ProtocolFault('superseded', CloseCode.SUPERSEDED, 'A newer connection took the place of this one.');
}

export function roomFull(close: CloseCode): ProtocolFault {
  return new ProtocolFault('room-full', close, 'This room is full. Trying again later.');
}

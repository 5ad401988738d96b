import { lengthChange, type Text } from '../../lib/ot/index.ts';
import { CloseCode, ProtocolFault, type Anchor, type Passage } from '../../lib/protocol/index.ts';
import type { ServerLimits } from '../limits.ts';
import { entriesBetween, textAt } from '../room/history.ts';
import type { SavedAnchor, StoredAnchor } from '../storage/notes.ts';
import type { Entry, Storage } from '../storage/storage.ts';
import { passageText, wholePairs, type Followed } from './followed.ts';
import { PassageMap } from './passage-map.ts';

export interface AnchorsDeps {
  storage: Storage;
  limits: Pick<ServerLimits, 'historyPage' | 'lateEdit'>;
}

/** What anchors need of their room. */
export interface AnchoredRoom {
  readonly id: string;
  readonly rev: number;
  /** Entries after `rev`, if they are still in memory. */
  recentAfter(rev: number): readonly Entry[] | null;
}

/**
 * The passages of a room that notes are about. Each knows its own revision, and takes exactly the entry after that: so it
 * does not matter whether entries come from the room as they are applied, or from the log because a passage was stored
 * some revisions ago.
 */
export class Anchors {
  readonly #storage: Storage;
  readonly #room: AnchoredRoom;
  /** The room's text as it is now. */
  readonly #text: Text;
  readonly #limits: AnchorsDeps['limits'];
  /** Who an author is at present; `''` if that is not known here. */
  readonly #nameOf: (author: number) => string;
  readonly #all = new Set<Followed>();

  constructor({ storage, limits }: AnchorsDeps, room: AnchoredRoom, text: Text, nameOf: (author: number) => string) {
    this.#storage = storage;
    this.#limits = limits;
    this.#room = room;
    this.#text = text;
    this.#nameOf = nameOf;
  }

  get size(): number {
    return this.#all.size;
  }

  /** From now on it is moved along. One that is older than the room needs `catchUp`. */
  follow(of: SavedAnchor['of'], id: string, anchor: StoredAnchor): Followed {
    const followed = { of, id, anchor: { ...anchor } };
    this.#all.add(followed);
    return followed;
  }

  forget(followed: Followed): void {
    this.#all.delete(followed);
  }

  /** Takes an entry that the room is about to apply. Gives the passages that it deletes. */
  apply(entry: Entry): Followed[] {
    return this.#move(entry).map(({ followed, from, to }) => {
      followed.anchor.text = passageText(this.#text, from, to);
      return followed;
    });
  }

  /** Brings those that were stored some revisions ago to the room's. Gives the passages that were deleted since. */
  async catchUp(): Promise<Followed[]> {
    const gone: Followed[] = [];
    for (let at = this.#oldest(); at < this.#room.rev;) {
      const page = Math.min(this.#room.rev, at + this.#limits.historyPage);
      const entries = this.#room.recentAfter(at) ?? (await this.#between(at, page));
      for (const entry of entries) gone.push(...(await this.#lastWords(this.#move(entry))));
      at += entries.length;
    }
    return gone;
  }

  /**
   * Follows a passage that somebody chose in the text at `rev`. Rejects with a fault if there is no such passage, or it is too long
   * ago. It may be gone by now.
   */
  async place(of: SavedAnchor['of'], id: string, { rev, from, to }: Passage): Promise<Followed> {
    const { rev: newest } = this.#room;
    if (rev > newest || newest - rev > this.#limits.lateEdit) {
      const why = `A passage cannot be of revision ${rev} now; the newest is ${newest}.`;
      throw new ProtocolFault('bad-rev', CloseCode.BAD_MESSAGE, why);
    }
    const missed = await this.#missed(rev);
    const length = missed.reduce((sum, { op }) => sum - lengthChange(op), this.#text.length);
    if (to > length) throw new ProtocolFault('bad-field', CloseCode.BAD_MESSAGE, 'The passage is beyond the text.');
    const followed = this.follow(of, id, { rev, from, to, text: '', gone: null });
    const lost = missed.flatMap((entry) => this.#move(entry));
    const { anchor } = followed;
    if (anchor.gone === null) Object.assign(anchor, wholePairs(this.#text, anchor.from, anchor.to));
    await this.#lastWords(lost);
    anchor.text = this.shown(followed).text;
    return followed;
  }

  /** Looks up who deleted these, where that was not known at once: they have left, or are on another node. */
  async nameWhoDeleted(gone: readonly Followed[]): Promise<void> {
    const nameless = gone.flatMap(({ anchor }) => (anchor.gone?.name === '' ? [anchor.gone] : []));
    if (nameless.length === 0) return;
    const names = new Map((await this.#storage.authors(this.#room.id)).map(({ author, name }) => [author, name]));
    for (const who of nameless) who.name = names.get(who.author) ?? '';
  }

  /** As people are told it, at `revOf` it. */
  shown({ anchor }: Followed): Anchor {
    const { rev, from, to, text, gone } = anchor;
    const isHere = gone === null && rev === this.#room.rev;
    return { from, to, text: isHere ? passageText(this.#text, from, to) : text, gone };
  }

  /** The revision at which it is shown: the room's, unless another node knew more of it. */
  revOf({ anchor }: Followed): number {
    return Math.max(anchor.rev, this.#room.rev);
  }

  /** All or some of them, as they are to be stored. Those that another node has brought further are left to it. */
  toSave(some: Iterable<Followed> = this.#all): SavedAnchor[] {
    const own = [...some].filter(({ anchor }) => anchor.rev <= this.#room.rev);
    return own.map((followed) => {
      const { text, from, to } = this.shown(followed);
      return { of: followed.of, id: followed.id, anchor: { ...followed.anchor, text, from, to } };
    });
  }

  #move({ rev, op, author }: Entry): Lost[] {
    const lost: Lost[] = [];
    let map: PassageMap | null = null;
    for (const followed of this.#all) {
      const { anchor } = followed;
      if (anchor.rev !== rev - 1) continue;
      map ??= new PassageMap(op);
      const { from, to } = map.passage(anchor);
      if (from === to && anchor.gone === null) {
        lost.push({ followed, rev: anchor.rev, from: anchor.from, to: anchor.to });
        anchor.gone = { author, name: this.#nameOf(author) };
      }
      Object.assign(anchor, { rev, from, to });
    }
    return lost;
  }

  /** What went while it was not looked at, in the words of the revision before. */
  async #lastWords(lost: readonly Lost[]): Promise<Followed[]> {
    const { historyPage } = this.#limits;
    for (const { followed, rev, from, to } of lost) {
      followed.anchor.text = passageText(await textAt(this.#storage, this.#room.id, rev, historyPage), from, to);
    }
    const gone = lost.map(({ followed }) => followed);
    await this.nameWhoDeleted(gone);
    return gone;
  }

  #oldest(): number {
    let oldest = this.#room.rev;
    for (const { anchor } of this.#all) oldest = Math.min(oldest, anchor.rev);
    return oldest;
  }

  /** All entries after `rev`, in a moment when none is missing. */
  async #missed(rev: number): Promise<readonly Entry[]> {
    for (;;) {
      const missed = this.#room.recentAfter(rev) ?? (await this.#between(rev, this.#room.rev));
      if (missed.length === this.#room.rev - rev) return missed;
    }
  }

  #between(rev: number, to: number): Promise<Entry[]> {
    return entriesBetween(this.#storage, this.#room.id, rev, to, this.#limits.historyPage);
  }
}

/** A passage that is gone, as it was in the text at `rev`. */
interface Lost {
  followed: Followed;
  rev: number;
  from: number;
  to: number;
}

import { mapPosition, type Op } from '../ot/index.ts';
import type { Person, Range } from '../protocol/index.ts';
import type { RemoteCaret } from './types.ts';

/** Carets that arrive ahead of their revision wait for it; nobody has more than a room's worth of authors in between. */
const MOST_EARLY = 1_000;

/**
 * Where the others' carets are, in the coordinates of the text that this screen shows. Like the server, we move an
 * author's caret along with their own edits, so none is sent while they type.
 */
export class Carets {
  readonly #ranges = new Map<number, readonly Range[]>();
  readonly #early = new Map<number, { rev: number; ranges: readonly Range[] }>();

  /** `ranges` in the confirmed text at the revision that we hold; `toShown` moves a position through what is pending. */
  set(author: number, ranges: readonly Range[], toShown: (position: number) => number): void {
    this.#early.delete(author);
    if (ranges.length === 0) this.#ranges.delete(author);
    else
      this.#ranges.set(
        author,
        ranges.map(([anchor, head]) => [toShown(anchor), toShown(head)]),
      );
  }

  /** Carets at a revision that has not come yet. */
  setEarly(author: number, rev: number, ranges: readonly Range[]): void {
    if (this.#early.size < MOST_EARLY || this.#early.has(author)) this.#early.set(author, { rev, ranges });
  }

  /** Sets those that waited for `rev`; their authors. */
  reached(rev: number, toShown: (position: number) => number): number[] {
    if (this.#early.size === 0) return [];
    const due = [...this.#early].filter(([, early]) => early.rev <= rev);
    for (const [author, early] of due) {
      if (early.rev === rev) this.set(author, early.ranges, toShown);
      else this.#early.delete(author);
    }
    return due.map(([author]) => author);
  }

  /** Moves all of them through a change of the shown text. Text inserted right at a caret does not push it. */
  map(change: Op): void {
    if (change.length === 0 || this.#ranges.size === 0) return;
    const move = (position: number) => mapPosition(position, change, 'before');
    for (const [author, ranges] of this.#ranges) {
      this.#ranges.set(
        author,
        ranges.map(([anchor, head]) => [move(anchor), move(head)]),
      );
    }
  }

  remove(author: number): void {
    this.#ranges.delete(author);
    this.#early.delete(author);
  }

  /** True if there were any. */
  clear(): boolean {
    const had = this.#ranges.size > 0;
    this.#ranges.clear();
    this.#early.clear();
    return had;
  }

  /** Those of `people`, in their order. */
  of(people: readonly Person[]): RemoteCaret[] {
    const carets: RemoteCaret[] = [];
    for (const { author, name, color } of people) {
      const ranges = this.#ranges.get(author);
      if (ranges) carets.push({ author, name, color, ranges });
    }
    return carets;
  }
}

/** Where the caret of the one who made `op` stands afterwards: behind its last insert, or where it last deleted. */
export function caretAfter(op: Op): number {
  let position = 0;
  let caret = 0;
  for (const part of op) {
    if (typeof part === 'string') caret = position += part.length;
    else if (part > 0) position += part;
    else caret = position;
  }
  return caret;
}

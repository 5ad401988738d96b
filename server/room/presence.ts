import { isIdentity, mapPosition, type Op } from '../../lib/ot/index.ts';
import type { Range } from '../../lib/protocol/index.ts';

/**
 * Where everybody's carets are, in the committed text. Never stored. An author's own caret follows their own edit
 * (clients know that too, so nothing is sent while somebody types); others' edits push it.
 */
export class Presence {
  readonly #ranges = new Map<number, readonly Range[]>();

  /** Ranges at the committed revision, whose text has `length` units; positions beyond it are drawn in. */
  set(author: number, ranges: readonly Range[], length: number): void {
    this.#ranges.set(
      author,
      ranges.map(([anchor, head]) => [Math.min(anchor, length), Math.min(head, length)]),
    );
  }

  get(author: number): readonly Range[] | undefined {
    return this.#ranges.get(author);
  }

  remove(author: number): void {
    this.#ranges.delete(author);
  }

  entries(): IterableIterator<[number, readonly Range[]]> {
    return this.#ranges.entries();
  }

  /** Moves all carets through a committed entry. */
  apply(op: Op, author: number): void {
    // Of a Yjs client that changed something else than text.
    if (isIdentity(op)) return;
    for (const [whose, ranges] of this.#ranges) {
      if (whose === author) this.#ranges.set(whose, caretAfter(op));
      else this.#ranges.set(whose, mapRanges(ranges, op));
    }
  }
}

/** The ranges in the text after `op`, which somebody else made: text inserted right at a caret does not push it. */
export function mapRanges(ranges: readonly Range[], op: Op): readonly Range[] {
  return ranges.map(([anchor, head]) => [mapPosition(anchor, op, 'before'), mapPosition(head, op, 'before')]);
}

/** Where the caret of the one who made `op` stands: behind its last insert, or where it last deleted. */
function caretAfter(op: Op): readonly Range[] {
  let position = 0;
  let caret = 0;
  for (const part of op) {
    if (typeof part === 'string') caret = position += part.length;
    else if (part > 0) position += part;
    else caret = position;
  }
  return [[caret, caret]];
}

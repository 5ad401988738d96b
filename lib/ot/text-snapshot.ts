import type { TextLike } from './text-like.ts';
import type { Tree } from './tree.ts';

/** A text that never changes, as a `Text` was when it gave this away. Shares with it all that was not edited since. */
export class TextSnapshot implements TextLike {
  private readonly tree: Tree;

  /** For `Text` alone: nobody else may change `tree`. */
  constructor(tree: Tree) {
    this.tree = tree;
  }

  get length(): number {
    return this.tree.length;
  }

  /** The unit at `position`; NaN outside of the text. */
  charCodeAt(position: number): number {
    return this.tree.charCodeAt(position);
  }

  /** The units from `from` up to `to`, both between 0 and `length`. */
  slice(from: number, to: number): string {
    return this.tree.slice(from, to);
  }

  /** The whole text in pieces of a few thousand units, none of which ends inside a surrogate pair. */
  chunks(): Iterable<string> {
    return this.tree.chunks();
  }

  /** The whole text, put together anew each time. */
  toString(): string {
    return [...this.tree.chunks()].join('');
  }
}

import { assertReach } from './apply.ts';
import type { Op } from './op.ts';
import type { TextLike } from './text-like.ts';
import { TextSnapshot } from './text-snapshot.ts';
import { Tree } from './tree.ts';

/**
 * A text that ops change in place, at a price that hardly depends on its length, and that gives away cheap snapshots.
 * Latin text takes about one byte a unit.
 */
export class Text implements TextLike {
  private readonly tree: Tree;
  /** The snapshot of the text as it is now, if one was taken. */
  private current: TextSnapshot | null = null;

  private constructor(tree: Tree) {
    this.tree = tree;
  }

  /** Costs next to nothing: the string is shared until edits copy the parts that they touch. */
  static of(text: string): Text {
    return new Text(Tree.of(text));
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

  /**
   * The whole text in pieces of a few thousand units. If every op fitted (`fitOp`), none ends inside a surrogate pair.
   * Read them before the next edit, or take them from a snapshot.
   */
  chunks(): Iterable<string> {
    return this.tree.chunks();
  }

  /** The whole text, put together anew each time. */
  toString(): string {
    return [...this.tree.chunks()].join('');
  }

  /** Throws a RangeError, and changes nothing, if the op reaches beyond the text. */
  apply(op: Op): void {
    assertReach(op, this.tree.length);
    if (op.length === 0) return;
    this.current = null;
    let position = 0;
    let inserted = '';
    for (const part of op) {
      if (typeof part === 'string') {
        inserted = part;
      } else if (part < 0) {
        this.tree.replace(position, -part, inserted);
        position += inserted.length;
        inserted = '';
      } else {
        if (inserted !== '') this.tree.replace(position, 0, inserted);
        position += inserted.length + part;
        inserted = '';
      }
    }
    if (inserted !== '') this.tree.replace(position, 0, inserted);
  }

  /** The text as it is now, for ever. Costs a few hundred bytes, and later a copy of each leaf that is edited. */
  snapshot(): TextSnapshot {
    this.current ??= new TextSnapshot(this.tree.share());
    return this.current;
  }
}

import { apply } from './apply.ts';
import type { Op } from './op.ts';
import type { TextLike } from './text-like.ts';
import { TextSnapshot } from './text-snapshot.ts';

/** A text that edits change in place, and that gives away cheap snapshots. */
export class Text implements TextLike {
  private whole: string;

  private constructor(whole: string) {
    this.whole = whole;
  }

  static of(text: string): Text {
    return new Text(text);
  }

  get length(): number {
    return this.whole.length;
  }

  charCodeAt(position: number): number {
    return this.whole.charCodeAt(position);
  }

  slice(from: number, to: number): string {
    return this.whole.slice(from, to);
  }

  chunks(): Iterable<string> {
    return [this.whole];
  }

  toString(): string {
    return this.whole;
  }

  /** Throws a RangeError, and changes nothing, if the op reaches beyond the text. */
  apply(op: Op): void {
    this.whole = apply(this.whole, op);
  }

  snapshot(): TextSnapshot {
    return new TextSnapshot(this.whole);
  }
}

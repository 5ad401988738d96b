import type { TextLike } from './text-like.ts';

/** A text that never changes, as it was when it was taken from a `Text`. */
export class TextSnapshot implements TextLike {
  private readonly whole: string;

  constructor(whole: string) {
    this.whole = whole;
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
}

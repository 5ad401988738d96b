import type { Op, Side } from '../../../lib/ot/index.ts';

/**
 * What the libraries of operational transformation share. `MadeOp` is a library's own op. Methods a library lacks are left
 * out. Positions and lengths are UTF-16 units; everything measured is ASCII, where a code point is one.
 */
export interface Algebra<MadeOp = unknown> {
  name: string;
  /** The library's form of a canonical op of ours, made on a text of `length` units. */
  from(op: Op, length: number): MadeOp;
  apply(text: string, op: MadeOp): string;
  /** An empty text that ops change, held as the library holds texts. */
  openText(): { apply(op: MadeOp): void; toString(): string };
  transform(op: MadeOp, other: MadeOp, side: Side): MadeOp;
  /** `op` moved over `others` one after the other, as the right side, where a library has more for that than `transform`. */
  transformOver?(op: MadeOp, others: readonly MadeOp[]): MadeOp;
  /** Both sides at once, the way that is fastest. */
  transformPair(left: MadeOp, right: MadeOp): [MadeOp, MadeOp];
  compose(first: MadeOp, second: MadeOp): MadeOp;
  mapPosition?(op: MadeOp, position: number): number;
  /** `text`: what `document` made of the text before the op. */
  invert?(op: MadeOp, text: unknown): MadeOp;
  /** The text in the form that `invert` wants. */
  document?(text: string): unknown;
}

/** What an editor does all day: one edit after the other on a text that it holds. */
export interface Engine {
  name: string;
  /** What one has to know to compare it. */
  remark?: string;
  open(text: string): Session;
}

export interface Session {
  /** Makes the edit an op (or what the library has for it), checks it as the library does, and applies it. */
  edit(at: number, deleted: number, inserted: string): void;
  text(): string;
  /** Gives back what the collector cannot. */
  close?(): void;
}

/** For libraries that hold a text as a string. */
export function openString<MadeOp>(
  apply: (text: string, op: MadeOp) => string,
): ReturnType<Algebra<MadeOp>['openText']> {
  let text = '';
  return {
    apply: (op) => void (text = apply(text, op)),
    toString: () => text,
  };
}

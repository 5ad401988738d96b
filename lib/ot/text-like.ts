/** What can be read like a string: a string itself, a `Text`, a `TextSnapshot`. Positions are UTF-16 units. */
export interface TextLike {
  readonly length: number;
  /** The unit at `position`; NaN outside of the text. */
  charCodeAt(position: number): number;
  /** The units from `from` up to `to`, both between 0 and `length`. */
  slice(from: number, to: number): string;
}

/** One line of a chart. */
export interface Line {
  /** Said beside the heading, and at the head of its column, if there is more than one. */
  name: string;
  /** A token, such as `--accent`. */
  color: string;
  filled: boolean;
  /** One for each time; null where nothing is known. */
  values: readonly (number | null)[];
}

import { transform, weight, type Op } from '../ot/index.ts';

/** Entries that are remembered: what comes in while somebody looks at the history, and reads before they choose. */
const MOST_OPS = 1_000;
/** Units of them: a few pastes. */
const MOST_UNITS = 1 << 20;

/** The newest entries of the log, for edits that were made on an older revision. */
export class RecentOps {
  #ops: Op[] = [];
  #units = 0;

  push(op: Op): void {
    this.#ops.push(op);
    this.#units += weight(op);
    while (this.#ops.length > MOST_OPS || this.#units > MOST_UNITS) this.#units -= weight(this.#ops.shift() ?? []);
  }

  /** The text was replaced; nothing leads to it. */
  clear(): void {
    this.#ops = [];
    this.#units = 0;
  }

  /** `op`, made `behind` entries ago, on the newest text; null if not all of them are remembered. */
  bring(op: Op, behind: number): Op | null {
    const from = this.#ops.length - behind;
    if (behind < 0 || from < 0) return null;
    // One at a time: composition is not closed under transform.
    return this.#ops.slice(from).reduce((moved, other) => transform(moved, other, 'right'), op);
  }
}

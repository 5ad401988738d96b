import { Text, type Op } from '../../lib/ot/index.ts';
import type { UnitRange } from '../storage/redaction.ts';
import { Tags } from './tags.ts';
import type { UnitSet } from './unit-set.ts';

/** Units that a log may have inserted in all: tags reach no further. */
const MOST_UNITS = 2 ** 30 - 1;

/** A log is too long for its units to be told apart. */
export class TooManyUnits extends Error {
  override readonly name = 'TooManyUnits';
}

/** A text that tells its units apart: each has the number, from 1 on, in the order in which the log inserted them. */
export class UnitLog {
  readonly text = Text.of('');
  readonly #units = Tags.filled(0, 0);
  #next = 1;

  /** The number that the next unit gets. */
  get next(): number {
    return this.#next;
  }

  /** The next entry's op. Throws `TooManyUnits`, or a RangeError if it does not fit. */
  apply(op: Op): void {
    let inserted = 0;
    for (const part of op) if (typeof part === 'string') inserted += part.length;
    if (this.#next + inserted > MOST_UNITS) throw new TooManyUnits('The log of this room is too long for this.');
    this.#units.applyCounting(op, this.#next);
    this.text.apply(op);
    this.#next += inserted;
  }

  /** The numbers of the units from `from` up to `to`. */
  slice(from: number, to: number): Uint32Array {
    return this.#units.slice(from, to);
  }

  /** Where units of `wanted` stand now, ascending. */
  where(wanted: UnitSet): UnitRange[] {
    const ranges: UnitRange[] = [];
    const units = this.#units.all();
    for (let from = 0; from < units.length; from++) {
      if (!wanted.has(units[from] ?? 0)) continue;
      let to = from + 1;
      while (to < units.length && wanted.has(units[to] ?? 0)) to++;
      ranges.push({ from, to });
      from = to;
    }
    return ranges;
  }
}

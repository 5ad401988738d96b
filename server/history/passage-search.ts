import { OpBuilder, type Op } from '../../lib/ot/index.ts';
import type { UnitRange } from '../storage/redaction.ts';
import type { Entry } from '../storage/storage.ts';
import type { Copies } from './copies.ts';
import { UnitLog } from './unit-log.ts';
import { UnitSet } from './unit-set.ts';

/** Fewer units of the passage in a row than this may stand in something else. */
const OWN_RUN = 4;

/** A passage of the text at a revision. */
export interface Passage {
  rev: number;
  from: number;
  to: number;
}

/** Fed with a whole log, finds every unit that is or was part of a passage. */
export class PassageSearch {
  readonly #passage: Passage;
  /** Null: the passage is looked for nowhere else. */
  readonly #copies: Copies | null;
  readonly #log = new UnitLog();
  readonly wanted = new UnitSet();
  /** Of each of them: where in the passage it stood. */
  readonly #places = new Map<number, number>();

  constructor(passage: Passage, copies: Copies | null) {
    this.#passage = passage;
    this.#copies = copies;
  }

  /** The next entry, from the first one on. Throws as `UnitLog.apply` does. */
  add({ rev, op }: Pick<Entry, 'rev' | 'op'>): void {
    this.#log.apply(op);
    for (const { from, to } of this.#copies?.after(op, this.#log.text) ?? []) {
      this.#want(from, to);
    }
    const { rev: chosen, from, to } = this.#passage;
    if (rev === chosen) this.#want(from, to);
  }

  /**
   * Deletes from the newest text what stands there of it; identity if nothing does. A few letters here and there that something
   * else was made of, as a comparison of whole texts makes it, are written anew instead: they are no part of the passage.
   */
  deletion(): Op {
    const runs = this.#log.where(this.wanted).flatMap((range) => this.#runsIn(range));
    const standing = runs.reduce((sum, { from, to }) => sum + to - from, 0);
    const { from, to } = this.#passage;
    const isMade = standing * 2 < to - from;
    const op = new OpBuilder();
    let at = 0;
    for (const run of runs) {
      op.retain(run.from - at);
      if (isMade && run.to - run.from < OWN_RUN) op.insert(this.#log.text.slice(run.from, run.to));
      op.remove(run.to - run.from);
      at = run.to;
    }
    return op.done();
  }

  /** Units that follow on each other in the passage. */
  #runsIn({ from, to }: UnitRange): UnitRange[] {
    const places = Array.from(this.#log.slice(from, to), (unit) => this.#places.get(unit) ?? -1);
    const runs: UnitRange[] = [];
    places.forEach((place, index) => {
      const last = runs.at(-1);
      if (last && place === (places[index - 1] ?? -1) + 1) last.to++;
      else runs.push({ from: from + index, to: from + index + 1 });
    });
    return runs;
  }

  #want(from: number, to: number): void {
    const length = this.#passage.to - this.#passage.from;
    this.#log.slice(from, to).forEach((unit, index) => {
      this.wanted.add(unit);
      // Copies that overlap are one range.
      this.#places.set(unit, index % length);
    });
  }
}

import type { Op } from '../../lib/ot/index.ts';
import type { Entry } from '../storage/storage.ts';
import { Copies } from './copies.ts';
import { UnitLog } from './unit-log.ts';
import { UnitSet } from './unit-set.ts';

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

  constructor(passage: Passage, copies: Copies | null) {
    this.#passage = passage;
    this.#copies = copies;
  }

  /** The next entry, from the first one on. Throws as `UnitLog.apply` does. */
  add({ rev, op }: Pick<Entry, 'rev' | 'op'>): void {
    this.#log.apply(op);
    for (const { from, to } of this.#copies?.after(op, this.#log.text) ?? []) {
      this.wanted.addAll(this.#log.slice(from, to));
    }
    const { rev: chosen, from, to } = this.#passage;
    if (rev === chosen) this.wanted.addAll(this.#log.slice(from, to));
  }

  /** Deletes from the newest text what stands there of it; identity if nothing does. */
  deletion(): Op {
    const op: number[] = [];
    let at = 0;
    for (const { from, to } of this.#log.where(this.wanted)) {
      if (from > at) op.push(from - at);
      op.push(from - to);
      at = to;
    }
    return op;
  }
}

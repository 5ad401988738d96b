import type { Op } from '../../lib/ot/index.ts';

/** One place that an op changes. */
interface Change {
  /** Where, in the text before. */
  at: number;
  inserted: number;
  deleted: number;
  /** What the changes before it add to a position behind them. */
  shift: number;
}

/**
 * Where passages are after an op, at a price that hardly depends on how many places it changes. Positions are those of the
 * algebra's `mapPosition`, with which it agrees.
 */
export class PassageMap {
  readonly #changes: readonly Change[];

  constructor(op: Op) {
    this.#changes = changesOf(op);
  }

  /** What is inserted at either end stays outside; `from` and `to` are equal if nothing of the passage is left. */
  passage({ from, to }: { from: number; to: number }): { from: number; to: number } {
    const end = this.#position(to, 'before');
    return { from: Math.min(this.#position(from, 'after'), end), to: end };
  }

  #position(position: number, bias: 'before' | 'after'): number {
    const change = this.#lastUpTo(position);
    if (!change) return position;
    const { at, inserted, deleted, shift } = change;
    if (position === at) return position + shift + (bias === 'after' ? inserted : 0);
    return shift + inserted + Math.max(at, position - deleted);
  }

  #lastUpTo(position: number): Change | undefined {
    let low = 0;
    let high = this.#changes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#changes[middle]?.at ?? 0) <= position) low = middle + 1;
      else high = middle;
    }
    return this.#changes[low - 1];
  }
}

function changesOf(op: Op): Change[] {
  const changes: Change[] = [];
  let base = 0;
  let shift = 0;
  let inserted = 0;
  const add = (deleted: number): void => {
    changes.push({ at: base, inserted, deleted, shift });
    shift += inserted - deleted;
    base += deleted;
    inserted = 0;
  };
  for (const part of op) {
    if (typeof part === 'string') inserted = part.length;
    else if (part < 0) add(-part);
    else {
      if (inserted > 0) add(0);
      base += part;
    }
  }
  if (inserted > 0) add(0);
  return changes;
}

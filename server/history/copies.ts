import type { Op, TextLike } from '../../lib/ot/index.ts';
import type { UnitRange } from '../storage/redaction.ts';

/**
 * Finds a passage again wherever an edit makes it stand: typed anew, pasted, or brought back by an undo. Only what is near the edit
 * can be new, so it reads `reach` units on both sides. A passage that is longer is found only within what was inserted at once.
 */
export class Copies {
  readonly #passage: string;
  readonly #reach: number;

  /** `mostReach`: units, at most. */
  constructor(passage: string, mostReach: number) {
    this.#passage = passage;
    this.#reach = passage.length - 1 <= mostReach ? passage.length - 1 : 0;
  }

  /** Where `op`, which made `text`, has made the passage stand, ascending. */
  after(op: Op, text: TextLike): UnitRange[] {
    const found: UnitRange[] = [];
    let at = 0;
    let from = 0;
    let to = -1;
    for (const part of op) {
      if (typeof part === 'number' && part > 0) {
        at += part;
        continue;
      }
      const end = typeof part === 'string' ? at + part.length : at;
      if (at - this.#reach > to) {
        this.#search(text, from, to, found);
        from = Math.max(0, at - this.#reach);
      }
      to = Math.min(text.length, end + this.#reach);
      at = end;
    }
    this.#search(text, from, to, found);
    return found;
  }

  #search(text: TextLike, from: number, to: number, found: UnitRange[]): void {
    if (to - from < this.#passage.length) return;
    for (const range of occurrences(text.slice(from, to), this.#passage)) {
      found.push({ from: range.from + from, to: range.to + from });
    }
  }
}

/** Where `passage` stands in `text`, ascending. What overlaps is one range. */
export function occurrences(text: string, passage: string): UnitRange[] {
  const found: UnitRange[] = [];
  for (let at = text.indexOf(passage); at !== -1; at = text.indexOf(passage, at + 1)) {
    const last = found.at(-1);
    if (last && at <= last.to) last.to = at + passage.length;
    else found.push({ from: at, to: at + passage.length });
  }
  return found;
}

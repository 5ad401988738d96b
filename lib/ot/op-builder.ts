import type { Op } from './op.ts';
import { identity } from './op.ts';

/**
 * Puts an op together from left to right and keeps it canonical: empty parts vanish, equal neighbours merge, an
 * insert moves before the delete it follows. Counts below one are ignored. The builder is spent after `done`.
 */
export class OpBuilder {
  private readonly parts: (number | string)[];
  // The newest edit, not yet in `parts` as long as something may join it: what it keeps before it, inserts and deletes.
  private kept = 0;
  private inserted = '';
  private removed = 0;

  /** `parts`: what the op begins with, to be added to. Canonical, and not a retain at its end. */
  constructor(parts: (number | string)[] = []) {
    this.parts = parts;
  }

  /** Keeps the next `count` units. */
  retain(count: number): this {
    if (count <= 0) return this;
    if (this.inserted !== '' || this.removed !== 0) this.flush();
    this.kept += count;
    return this;
  }

  /** Inserts `text` here. */
  insert(text: string): this {
    this.inserted = this.inserted === '' ? text : this.inserted + text;
    return this;
  }

  /** Deletes the next `count` units. */
  remove(count: number): this {
    if (count > 0) this.removed += count;
    return this;
  }

  /** Adds a part of an op as it is. */
  add(part: number | string): this {
    if (typeof part === 'string') return this.insert(part);
    return part > 0 ? this.retain(part) : this.remove(-part);
  }

  /** Adds all parts of `op` from `index` on. */
  addRest(op: Op, index: number): this {
    for (let next = index; next < op.length; next++) {
      const part = op[next];
      if (part !== undefined) this.add(part);
    }
    return this;
  }

  /** The op, without the trailing retain. */
  done(): Op {
    if (this.inserted !== '' || this.removed !== 0) this.flush();
    return this.parts.length === 0 ? identity : this.parts;
  }

  private flush(): void {
    if (this.kept !== 0) this.parts.push(this.kept);
    if (this.inserted !== '') this.parts.push(this.inserted);
    if (this.removed !== 0) this.parts.push(-this.removed);
    this.kept = 0;
    this.inserted = '';
    this.removed = 0;
  }
}

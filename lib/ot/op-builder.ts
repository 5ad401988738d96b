import type { Op } from './op.ts';
import { identity } from './op.ts';

/**
 * Puts an op together from left to right and keeps it canonical: empty parts vanish, equal neighbours merge, an
 * insert moves before the delete it follows. Counts below one are ignored. The builder is spent after `done`.
 */
export class OpBuilder {
  private readonly parts: (number | string)[] = [];

  /** Keeps the next `count` units. */
  retain(count: number): this {
    if (count <= 0) return this;
    const end = this.parts.length - 1;
    const last = this.parts[end];
    if (typeof last === 'number' && last > 0) this.parts[end] = last + count;
    else this.parts.push(count);
    return this;
  }

  /** Inserts `text` here. */
  insert(text: string): this {
    if (text === '') return this;
    const end = this.parts.length - 1;
    const last = this.parts[end];
    if (typeof last === 'string') {
      this.parts[end] = last + text;
    } else if (last === undefined || last > 0) {
      this.parts.push(text);
    } else {
      const before = this.parts[end - 1];
      if (typeof before === 'string') {
        this.parts[end - 1] = before + text;
      } else {
        this.parts[end] = text;
        this.parts.push(last);
      }
    }
    return this;
  }

  /** Deletes the next `count` units. */
  remove(count: number): this {
    if (count <= 0) return this;
    const end = this.parts.length - 1;
    const last = this.parts[end];
    if (typeof last === 'number' && last < 0) this.parts[end] = last - count;
    else this.parts.push(-count);
    return this;
  }

  /** Adds a part of an op as it is. */
  add(part: number | string): this {
    if (typeof part === 'string') return this.insert(part);
    return part > 0 ? this.retain(part) : this.remove(-part);
  }

  /** Adds all parts of `op` from `index` on. */
  addRest(op: Op, index: number): this {
    let next = index;
    // A canonical op needs care only where it meets what is there already: two parts, if that is a delete.
    for (const joined = Math.min(index + 2, op.length); next < joined; next++) {
      const part = op[next];
      if (part !== undefined) this.add(part);
    }
    for (; next < op.length; next++) {
      const part = op[next];
      if (part !== undefined) this.parts.push(part);
    }
    return this;
  }

  /** The op, without the trailing retain. */
  done(): Op {
    const last = this.parts[this.parts.length - 1];
    if (typeof last === 'number' && last > 0) this.parts.pop();
    return this.parts.length === 0 ? identity : this.parts;
  }
}

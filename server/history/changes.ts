import { Text } from '../../lib/ot/index.ts';
import type { Entry } from '../storage/storage.ts';
import { SegmentList, type Mark, type Segment } from './segments.ts';
import { Tags } from './tags.ts';

/**
 * What became of a text: fed with entries, it tells what they added and removed, and who. A piece that was added and removed
 * in between does not show. Each unit carries its place in the text before, or the entry that brought it.
 */
export class Changes {
  readonly #before: string;
  readonly #text: Text;
  readonly #tags: Tags;
  /** For each unit of the text before: the number of the entry that removed it, counted from 1; 0 while it stands. */
  readonly #removedBy: Uint32Array;
  readonly #marks: Mark[] = [];

  constructor(before: string) {
    this.#before = before;
    this.#text = Text.of(before);
    this.#tags = Tags.counting(before.length);
    this.#removedBy = new Uint32Array(before.length);
  }

  /** The next entry. Throws a RangeError if it does not fit. */
  add({ op, author, at }: Pick<Entry, 'op' | 'author' | 'at'>): void {
    const number = this.#marks.push({ author, at });
    let position = 0;
    for (const part of op) {
      if (typeof part === 'string') continue;
      if (part < 0) this.#remove(position, position - part, number);
      position += Math.abs(part);
    }
    this.#text.apply(op);
    this.#tags.apply(op, this.#before.length + number);
  }

  segments(): Segment[] {
    const list = new SegmentList();
    const after = this.#text.toString();
    const tags = this.#tags.all();
    const old = this.#before.length;
    let told = 0;
    for (let from = 0; from < tags.length;) {
      const tag = tags[from] ?? 0;
      let to = from + 1;
      if (tag > old) {
        while (tags[to] === tag) to++;
        list.added(after.slice(from, to), this.#mark(tag - old));
      } else {
        while (to < tags.length && tags[to] === tag + to - from) to++;
        // Units that are gone stood between those of the text before.
        to = Math.min(to, from + old + 1 - tag);
        this.#tellRemoved(told, tag - 1, list);
        told = tag + to - from - 1;
        list.same(after.slice(from, to));
      }
      from = to;
    }
    this.#tellRemoved(told, old, list);
    return list.done();
  }

  #remove(from: number, to: number, number: number): void {
    for (const tag of this.#tags.slice(from, to)) if (tag <= this.#removedBy.length) this.#removedBy[tag - 1] = number;
  }

  #tellRemoved(from: number, to: number, list: SegmentList): void {
    for (let start = from; start < to;) {
      const number = this.#removedBy[start] ?? 0;
      let end = start + 1;
      while (end < to && this.#removedBy[end] === number) end++;
      list.removed(this.#before.slice(start, end), this.#mark(number));
      start = end;
    }
  }

  #mark(number: number): Mark {
    const mark = this.#marks[number - 1];
    if (!mark) throw new RangeError(`There was no entry number ${number}.`);
    return mark;
  }
}

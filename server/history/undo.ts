import { compose, identity, invert, Text, transformNear, type Op } from '../../lib/ot/index.ts';
import type { Entry } from '../storage/storage.ts';
import { eachRun, SegmentList, type Mark, type Segment } from './segments.ts';
import { Tags } from './tags.ts';

/** A tag of somebody's insert is one unit; of more entries than this the later ones count as one. */
const MOST_MARKS = 0xffff;

/**
 * Takes back what some people did and keeps everybody else's work, in one pass forward over the entries since. It holds the
 * op from the text to the text without them:
 *
 *        text ───── op of others ────▶ text'          text ──────── op of theirs ───────▶ text'
 *         │                              │              │                                  │
 *      without                  without over op      without ◀────────────── invert, then without
 *         ▼                              ▼              ▼
 *
 * What they inserted goes, and what they deleted comes back; whatever others wrote in between stays where it is.
 */
export class Undo {
  readonly #text: Text;
  readonly #authors: ReadonlySet<number>;
  /** From the text to the one without their work. */
  #without: Op = identity;
  /** The same op, with the entry that deleted it in place of each unit that comes back. */
  #makers: Op = identity;
  /** For each unit of the text: the number of their entry that brought it, from 1 on; else 0. */
  readonly #tags: Tags;
  readonly #marks: Mark[] = [];

  /** `before`: the text at the revision after which their work is taken back. */
  constructor(before: string, authors: ReadonlySet<number>) {
    this.#text = Text.of(before);
    this.#tags = Tags.filled(before.length, 0);
    this.#authors = authors;
  }

  /** The next entry. Throws a RangeError if it does not fit. */
  add({ op, author, at }: Pick<Entry, 'op' | 'author' | 'at'>): void {
    if (this.#authors.has(author)) {
      const number = this.#marks.push({ author, at });
      const back = invert(op, this.#text);
      this.#without = compose(back, this.#without);
      this.#makers = compose(signed(back, Math.min(number, MOST_MARKS)), this.#makers);
      this.#tags.apply(op, number);
    } else {
      // What comes back stands before what was written at its place since.
      this.#without = transformNear(this.#without, op, 'left');
      this.#makers = transformNear(this.#makers, op, 'left');
      this.#tags.apply(op, 0);
    }
    this.#text.apply(op);
  }

  /** An op on the newest text. */
  get op(): Op {
    return this.#without;
  }

  /** How many of their entries it takes back. */
  get changes(): number {
    return this.#marks.length;
  }

  /** From the newest text to the one without their work: `author` and `at` are those of what is taken back. */
  segments(): Segment[] {
    const list = new SegmentList();
    const text = this.#text.toString();
    let position = 0;
    for (const [index, part] of this.#without.entries()) {
      if (typeof part === 'string') {
        this.#tellComingBack(part, this.#makers[index], list);
      } else if (part > 0) {
        list.same(text.slice(position, position + part));
        position += part;
      } else {
        const start = position;
        eachRun(this.#tags.slice(start, start - part), (tag, from, to) =>
          list.removed(text.slice(start + from, start + to), this.#mark(tag)),
        );
        position -= part;
      }
    }
    list.same(text.slice(position));
    return list.done();
  }

  #tellComingBack(text: string, makers: string | number | undefined, list: SegmentList): void {
    const numbers = new Uint16Array(text.length);
    if (typeof makers === 'string') for (let at = 0; at < text.length; at++) numbers[at] = makers.charCodeAt(at);
    eachRun(numbers, (number, from, to) => list.added(text.slice(from, to), this.#mark(number)));
  }

  #mark(number: number): Mark {
    const mark = this.#marks[number - 1];
    if (!mark) throw new RangeError(`They have no entry number ${number}.`);
    return mark;
  }
}

function signed(op: Op, number: number): Op {
  const unit = String.fromCharCode(number);
  return op.map((part) => (typeof part === 'string' ? unit.repeat(part.length) : part));
}

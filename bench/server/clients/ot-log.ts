import { type Op, Text } from '../../../lib/ot/index.ts';

/** One revision, as the members of a room are told of it. */
export interface OtEntry {
  rev: number;
  /** Whatever the peer knows its clients by. */
  author: string | number;
  op: Op;
  /** Where it inserts in the text before, and how much. Typing is all there is. */
  at: number;
  length: number;
  /** Characters of this author by now, from the beginning of the log. */
  upTo: number;
}

/**
 * What all members of a room were told, by revision. Whoever is told something else of a revision that is known makes it throw,
 * so that the text at the end is that of all of them.
 */
export class OtLog {
  readonly #first: number;
  readonly #text: string;
  readonly #entries: (OtEntry | undefined)[] = [];
  readonly #typed = new Map<string | number, number>();

  /** @param rev of `text`, with which the first member began */
  constructor(text: string, rev: number) {
    this.#text = text;
    this.#first = rev + 1;
  }

  /**
   * The entry of a revision. Whoever tells of one has told of all before it, but perhaps of their own: some servers send nobody
   * their own edits, and so there may be holes until somebody else is heard. Those of one author come in their order.
   */
  put(rev: number, author: string | number, op: Op): OtEntry {
    const known = this.#entries[rev - this.#first];
    if (known !== undefined) {
      if (known.author !== author || JSON.stringify(known.op) !== JSON.stringify(op)) {
        throw new Error(`Two members were told different things of revision ${rev}.`);
      }
      return known;
    }
    const { at, length } = insertionOf(op);
    const upTo = (this.#typed.get(author) ?? 0) + length;
    this.#typed.set(author, upTo);
    const entry = { rev, author, op, at, length, upTo };
    this.#entries[rev - this.#first] = entry;
    return entry;
  }

  /** Throws if nobody was told of a revision before the newest one. */
  text(): string {
    const text = Text.of(this.#text);
    for (const [index, entry] of this.#entries.entries()) {
      if (entry === undefined) throw new Error(`Nobody was told of revision ${this.#first + index}.`);
      text.apply(entry.op);
    }
    return text.toString();
  }
}

function insertionOf(op: Op): { at: number; length: number } {
  const [first, second, ...more] = op;
  if (typeof first === 'string' && second === undefined) return { at: 0, length: first.length };
  if (typeof first === 'number' && first > 0 && typeof second === 'string' && more.length === 0) {
    return { at: first, length: second.length };
  }
  throw new Error(`Only typing was expected, and this is ${JSON.stringify(op)}.`);
}

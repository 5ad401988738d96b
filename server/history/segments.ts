/** A piece of a comparison of two texts, in the order in which it is read. */
export interface Segment {
  kind: 'same' | 'added' | 'removed';
  text: string;
  /** Who added or removed it; 0 for `same`. */
  author: number;
  /** The newest moment of that, ms since 1970; 0 for `same`. */
  at: number;
}

/** Who did something, and when. */
export interface Mark {
  author: number;
  /** Ms since 1970. */
  at: number;
}

const NOBODY: Mark = { author: 0, at: 0 };

/** Puts segments together: neighbours of one kind and author are one, and what was removed stands before what came instead. */
export class SegmentList {
  readonly #done: Segment[] = [];
  /** Since the newest piece that stayed. */
  #removed: Segment[] = [];
  #added: Segment[] = [];

  same(text: string): void {
    if (text === '') return;
    this.#flush();
    push(this.#done, 'same', text, NOBODY);
  }

  added(text: string, mark: Mark): void {
    push(this.#added, 'added', text, mark);
  }

  removed(text: string, mark: Mark): void {
    push(this.#removed, 'removed', text, mark);
  }

  done(): Segment[] {
    this.#flush();
    return this.#done;
  }

  #flush(): void {
    for (const segment of this.#removed) this.#done.push(segment);
    for (const segment of this.#added) this.#done.push(segment);
    this.#removed = [];
    this.#added = [];
  }
}

function push(list: Segment[], kind: Segment['kind'], text: string, { author, at }: Mark): void {
  if (text === '') return;
  const last = list.at(-1);
  if (last?.kind === kind && last.author === author) {
    last.text += text;
    last.at = Math.max(last.at, at);
  } else {
    list.push({ kind, text, author, at });
  }
}

/** Calls `visit` for each run of equal values: it stands from `from` up to `to`. */
export function eachRun(values: ArrayLike<number>, visit: (value: number, from: number, to: number) => void): void {
  for (let from = 0; from < values.length;) {
    const value = values[from] ?? 0;
    let to = from + 1;
    while (to < values.length && values[to] === value) to++;
    visit(value, from, to);
    from = to;
  }
}

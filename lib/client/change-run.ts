import { composeAll, isIdentity, type Op } from '../ot/index.ts';
import type { RemoteChange } from './types.ts';

/** Joins changes that follow each other into one for the editor, which is far cheaper for it than many. */
export class ChangeRun {
  readonly #give: (change: RemoteChange) => void;
  #ops: Op[] = [];
  #authors: number[] = [];
  #catchingUp = false;

  constructor(give: (change: RemoteChange) => void) {
    this.#give = give;
  }

  get isEmpty(): boolean {
    return this.#ops.length === 0;
  }

  /** `catchingUp`: it is one of very many, and nobody asks which of them was whose. */
  add(op: Op, author: number, catchingUp: boolean): void {
    if (isIdentity(op)) return;
    this.#ops.push(op);
    this.#authors.push(author);
    this.#catchingUp ||= catchingUp;
  }

  flush(): void {
    if (this.isEmpty) return;
    const ops = this.#ops;
    const authors = this.#authors;
    const [first] = authors;
    const author = first !== undefined && authors.every((one) => one === first) ? first : null;
    const isTold = author === null && !this.#catchingUp;
    this.#ops = [];
    this.#authors = [];
    this.#catchingUp = false;
    const op = composeAll(ops);
    if (!isTold) return this.#give({ op, author });
    this.#give({ op, author, by: ops.map((one, index) => ({ op: one, author: authors[index] ?? 0 })) });
  }
}

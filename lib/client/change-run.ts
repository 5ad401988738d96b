import { composeAll, isIdentity, type Op } from '../ot/index.ts';
import type { RemoteChange } from './types.ts';

/**
 * Joins changes that follow each other into one for the editor, which is far cheaper for it than many: those of one
 * author within a message, and all while catching up.
 */
export class ChangeRun {
  readonly #give: (change: RemoteChange) => void;
  #ops: Op[] = [];
  #author: number | null = null;

  constructor(give: (change: RemoteChange) => void) {
    this.#give = give;
  }

  /** `joins`: may be joined with another author's change, who is then told as `null`. */
  add(op: Op, author: number, joins: boolean): void {
    if (isIdentity(op)) return;
    if (this.#ops.length > 0 && author !== this.#author) {
      if (joins) this.#author = null;
      else this.flush();
    }
    if (this.#ops.length === 0) this.#author = author;
    this.#ops.push(op);
  }

  flush(): void {
    if (this.#ops.length === 0) return;
    const op = composeAll(this.#ops);
    this.#ops = [];
    if (!isIdentity(op)) this.#give({ op, author: this.#author });
  }
}

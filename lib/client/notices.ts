import { CloseCode } from '../protocol/index.ts';
import type { Notice } from './types.ts';

/** What is said above the text, one at a time: the newest, until it is read or no longer true. */
export class Notices {
  #shown: Notice | null = null;

  get shown(): Notice | null {
    return this.#shown;
  }

  /** The server takes nothing before `retryMs`. */
  tooFast(retryMs: number): void {
    this.#shown = { kind: 'tooFast', retryMs };
  }

  /** The text had drifted from the server's, and was put right. */
  healed(): void {
    this.#shown = { kind: 'healed' };
  }

  /** What was typed could not simply stay; `copy` is the text with it. */
  rebased(copy: string): void {
    this.#shown = { kind: 'rebased', copy };
  }

  /** A socket was closed with `code`; the next try is in `waitMs`. */
  down(code: number, waitMs: number): void {
    if (code === CloseCode.INTERNAL) this.#shown = { kind: 'serverError' };
    if (code === CloseCode.TOO_FAST) this.tooFast(waitMs);
  }

  /** The server is there again, and takes what we say. */
  welcomed(): void {
    if (this.#shown?.kind === 'serverError') this.#shown = null;
    this.acknowledged();
  }

  /** An edit was taken, so it was not too fast. */
  acknowledged(): void {
    if (this.#shown?.kind === 'tooFast') this.#shown = null;
  }

  dismiss(): void {
    this.#shown = null;
  }
}

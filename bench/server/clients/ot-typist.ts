import type { Op } from '../../../lib/ot/index.ts';

/**
 * Types at one place of a text that others write in too, as the clients of OT servers do: one edit is on its way, and what is
 * typed meanwhile waits and goes out as one.
 */
export class OtTypist {
  readonly #letter: string;
  readonly #send: (op: Op) => void;
  /** Who comes first when two insert at one place: what is in the log already, or the newcomer. */
  readonly #tie: 'logged first' | 'newcomer first';
  /** In the text as the server has it, without what is on its way. */
  #at: number;
  #onItsWay = 0;
  #waiting = 0;

  constructor(options: { at: number; letter: string; tie: 'logged first' | 'newcomer first' }, send: (op: Op) => void) {
    this.#at = options.at;
    this.#letter = options.letter;
    this.#tie = options.tie;
    this.#send = send;
  }

  get isSettled(): boolean {
    return this.#onItsWay === 0;
  }

  type(): void {
    this.#waiting++;
    if (this.#onItsWay === 0) this.#sendOn();
  }

  /** The edit that was on its way is in the log. */
  acknowledged(): void {
    this.#at += this.#onItsWay;
    this.#onItsWay = 0;
    if (this.#waiting > 0) this.#sendOn();
  }

  /** Somebody else has inserted so much there. */
  others(at: number, length: number): void {
    if (at < this.#at || (at === this.#at && this.#tie === 'logged first')) this.#at += length;
  }

  #sendOn(): void {
    this.#onItsWay = this.#waiting;
    this.#waiting = 0;
    const text = this.#letter.repeat(this.#onItsWay);
    // An op has no part of length 0.
    this.#send(this.#at === 0 ? [text] : [this.#at, text]);
  }
}

/** A letter for each member, so that texts that mix them up differ. */
export function letterOf(member: number): string {
  return String.fromCharCode('a'.charCodeAt(0) + (member % 26));
}

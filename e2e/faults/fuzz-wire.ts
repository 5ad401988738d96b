import type { Wire } from '../../server/session.ts';

/** Sessions are short: what nobody reads is counted so many times, or no session would live to see the limit. */
const UNREAD_FACTOR = 200;

/** The end of a socket that a session writes into, when nobody honest reads it. */
export class FuzzWire implements Wire {
  /** What was said last: before a close it has to be the `error`. */
  last = '';
  welcome: string | null = null;
  code: number | null = null;
  reason = '';
  /** What was done to a socket that had been closed already. */
  afterClose = 0;
  readonly #reads: boolean;
  #waiting = 0;

  /** Unless it `reads`, everything that is sent stays in the buffer. */
  constructor(reads: boolean) {
    this.#reads = reads;
  }

  get buffered(): number {
    return this.#waiting;
  }

  send(frame: Buffer): void {
    if (this.code !== null) this.afterClose++;
    if (!this.#reads) this.#waiting += frame.length * UNREAD_FACTOR;
    this.last = frame.toString();
    if (this.last.startsWith('{"t":"welcome"')) this.welcome = this.last;
  }

  close(code: number, reason: string): void {
    if (this.code !== null) this.afterClose++;
    this.code = code;
    this.reason = reason;
  }

  pause(): void {}
  resume(): void {}
}

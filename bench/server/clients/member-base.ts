import type { Member } from '../rig/room.ts';
import { openWire, type Wire, type WireOptions } from './wire.ts';

/** How long a socket may take to be let in and told the text, in ms: the machine may be busy. */
const JOIN_MS = 120_000;

/** What the members of all peers have in common: a wire, and the moment from which they are in. */
export abstract class MemberBase implements Member {
  #wire: Wire | null = null;
  /** When the last byte of the text had come, as of `performance.now()`. */
  joinedAt = Number.NaN;
  #joined: () => void = () => undefined;
  #failed: (error: Error) => void = () => undefined;

  abstract type(): void;
  abstract readonly isSettled: boolean;
  protected abstract hear(payload: Buffer, opcode: number, now: number): void;
  /** The line is open: says what has to be said first. */
  protected abstract greet(): void;

  get bytesIn(): number {
    return this.wire.bytesIn;
  }

  get bytesOut(): number {
    return this.wire.bytesOut;
  }

  get messagesIn(): number {
    return this.wire.messagesIn;
  }

  close(): void {
    this.#wire?.close();
  }

  protected get wire(): Wire {
    if (this.#wire === null) throw new Error('This member has no line yet.');
    return this.#wire;
  }

  /** Opens the line; resolves when `joined` is called, rejects if the line ends before. */
  async open(options: Omit<WireOptions, 'onMessage' | 'onEnd'>): Promise<this> {
    const inside = new Promise<void>((resolve, reject) => {
      this.#joined = resolve;
      this.#failed = reject;
    });
    // It is waited for below; a line that ends before that is no unhandled rejection.
    inside.catch(() => undefined);
    const late = setTimeout(() => this.#failed(new Error('Nobody was let in within two minutes.')), JOIN_MS);
    try {
      this.#wire = await openWire({
        ...options,
        onMessage: (payload, opcode, now) => this.hear(payload, opcode, now),
        onEnd: () => this.ended(),
      });
      this.greet();
      await inside;
      return this;
    } finally {
      clearTimeout(late);
    }
  }

  protected joined(now: number): void {
    if (Number.isNaN(this.joinedAt)) this.joinedAt = now;
    this.#joined();
  }

  /** The server has closed the line, which none may do here. */
  protected ended(): void {
    this.#failed(new Error('The server closed the line.'));
    throw new Error('A server has closed a line in the middle of a measurement.');
  }
}

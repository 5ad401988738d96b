/** Frames that wait to be handled, in their order. Bounded by count and by bytes. */
export class FrameQueue {
  readonly #most: number;
  readonly #mostBytes: number;
  #frames: Uint8Array[] = [];
  /** How many of `#frames` were taken already. */
  #taken = 0;
  #bytes = 0;

  constructor(most: number, mostBytes: number) {
    this.#most = most;
    this.#mostBytes = mostBytes;
  }

  /** False, and not taken, if it is full. One frame always has a place, however large. */
  push(frame: Uint8Array): boolean {
    const count = this.#frames.length - this.#taken;
    if (count > 0 && (count >= this.#most || this.#bytes + frame.length > this.#mostBytes)) return false;
    this.#frames.push(frame);
    this.#bytes += frame.length;
    return true;
  }

  /** The one that is next. */
  get first(): Uint8Array | undefined {
    return this.#frames[this.#taken];
  }

  shift(): void {
    this.#bytes -= this.first?.length ?? 0;
    this.#taken++;
    if (this.#taken < this.#frames.length) return;
    this.#frames = [];
    this.#taken = 0;
  }
}

import type { Counters } from '../counters.ts';
import { kindOfFrame } from './frame-kinds.ts';

interface Sink {
  send(frame: Buffer): void;
  sendPieces?(pieces: readonly Buffer[]): void;
  readonly buffered: number;
}

/** A socket whose frames are counted as they leave. `speaks`: our own frames say of what kind they are. */
export class CountedSink implements Sink {
  readonly #sink: Sink;
  readonly #counters: Counters;
  readonly #speaks: 'tandem' | 'yjs';

  constructor(sink: Sink, counters: Counters, speaks: 'tandem' | 'yjs') {
    this.#sink = sink;
    this.#counters = counters;
    this.#speaks = speaks;
  }

  get buffered(): number {
    return this.#sink.buffered;
  }

  send(frame: Buffer): void {
    this.#count(frame, frame.length);
    this.#sink.send(frame);
  }

  /** Pieces that are one frame; the first one says of what kind. */
  sendPieces(pieces: readonly Buffer[]): void {
    const [first] = pieces;
    if (first === undefined) return;
    if (this.#sink.sendPieces === undefined || pieces.length === 1) return this.send(Buffer.concat(pieces));
    this.#count(
      first,
      pieces.reduce((sum, { length }) => sum + length, 0),
    );
    this.#sink.sendPieces(pieces);
  }

  #count(first: Buffer, bytes: number): void {
    this.#counters.messagesOut[this.#speaks === 'tandem' ? kindOfFrame(first) : 'yjs']++;
    this.#counters.bytesOut += bytes;
  }
}

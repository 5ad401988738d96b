import type { Counters } from '../counters.ts';
import type { EntriesFrame } from '../room/frame.ts';
import { kindOfFrame } from './frame-kinds.ts';

interface Sink {
  send(frame: Buffer): void;
  sendBinary?(frame: Buffer): void;
  sendPieces?(pieces: readonly Buffer[]): void;
  readonly buffered: number;
}

/** Our own text frames say of what kind they are; the binary ones of `compact` have entries. */
type Speaks = 'tandem' | 'compact' | 'yjs';

/** A socket whose frames are counted as they leave. */
export class CountedSink implements Sink {
  readonly #sink: Sink;
  readonly #counters: Counters;
  readonly #speaks: Speaks;

  constructor(sink: Sink, counters: Counters, speaks: Speaks) {
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

  sendEntries(frame: EntriesFrame): void {
    if (this.#speaks !== 'compact' || this.#sink.sendBinary === undefined) return this.send(frame.text);
    const { compact } = frame;
    this.#counters.messagesOut.ops++;
    this.#counters.bytesOut += compact.length;
    this.#sink.sendBinary(compact);
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
    this.#counters.messagesOut[this.#speaks === 'yjs' ? 'yjs' : kindOfFrame(first)]++;
    this.#counters.bytesOut += bytes;
  }
}

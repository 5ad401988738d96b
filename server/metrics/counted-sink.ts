import type { Counters } from '../counters.ts';
import { kindOfFrame } from './frame-kinds.ts';

interface Sink {
  send(frame: Buffer): void;
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
    this.#counters.messagesOut[this.#speaks === 'tandem' ? kindOfFrame(frame) : 'yjs']++;
    this.#counters.bytesOut += frame.length;
    this.#sink.send(frame);
  }
}

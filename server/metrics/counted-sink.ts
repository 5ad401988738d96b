import type { Counters } from '../counters.ts';
import { kindOfFrame } from './frame-kinds.ts';

interface Sink {
  send(frame: Buffer): void;
  readonly buffered: number;
}

/** A socket whose frames are counted as they leave. `speaks`: our own frames say of what kind they are. */
export function countedSink(sink: Sink, counters: Counters, speaks: 'tandem' | 'yjs'): Sink {
  return {
    send(frame) {
      counters.messagesOut[speaks === 'tandem' ? kindOfFrame(frame) : 'yjs']++;
      counters.bytesOut += frame.length;
      sink.send(frame);
    },
    get buffered() {
      return sink.buffered;
    },
  };
}

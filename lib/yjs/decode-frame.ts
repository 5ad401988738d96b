import { decodeAwareness, type AwarenessBounds, type AwarenessState } from './awareness.ts';
import { badFrame, ByteReader } from './byte-reader.ts';

/** One message of y-protocols. */
export type Frame =
  /** SyncStep1: what the other side has, and asks to be told what it lacks. */
  | { readonly kind: 'state-vector'; readonly vector: Uint8Array }
  /** `answer`: to our SyncStep1; otherwise something new. */
  | { readonly kind: 'update'; readonly update: Uint8Array; readonly answer: boolean }
  | { readonly kind: 'awareness'; readonly states: readonly AwarenessState[] }
  /** Asks to be told everybody's awareness. */
  | { readonly kind: 'query-awareness' }
  | { readonly kind: 'auth'; readonly denied: string };

/**
 * Decodes one untrusted binary frame. The bytes of vectors and updates are views of it, and not looked into. Throws
 * `YjsFault`: 'bad-frame', or 'too-many' beyond the bounds.
 */
export function decodeFrame(bytes: Uint8Array, bounds: AwarenessBounds): Frame {
  const reader = new ByteReader(bytes);
  const frame = readFrame(reader, bounds);
  reader.end();
  return frame;
}

function readFrame(reader: ByteReader, bounds: AwarenessBounds): Frame {
  const type = reader.varUint();
  switch (type) {
    case 0:
      return readSync(reader);
    case 1:
      return { kind: 'awareness', states: decodeAwareness(reader.varBytes(), bounds) };
    case 2: {
      const what = reader.varUint();
      if (what !== 0) throw badFrame(`Its kind of authentication, ${what}, is unknown.`);
      return { kind: 'auth', denied: reader.varString() };
    }
    case 3:
      return { kind: 'query-awareness' };
    default:
      throw badFrame(`Its type, ${type}, is unknown.`);
  }
}

function readSync(reader: ByteReader): Frame {
  const step = reader.varUint();
  switch (step) {
    case 0:
      return { kind: 'state-vector', vector: reader.varBytes() };
    case 1:
      return { kind: 'update', update: reader.varBytes(), answer: true };
    case 2:
      return { kind: 'update', update: reader.varBytes(), answer: false };
    default:
      throw badFrame(`Its kind of synchronisation, ${step}, is unknown.`);
  }
}

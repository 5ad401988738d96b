import * as decoding from 'lib0/decoding';
import { YjsFault } from './fault.ts';

/** Finds an untrusted state vector to be one, or throws `YjsFault` 'bad-update'. */
export function checkStateVector(vector: Uint8Array): void {
  try {
    const decoder = decoding.createDecoder(vector);
    for (let left = decoding.readVarUint(decoder); left > 0; left--) {
      const client = decoding.readVarUint(decoder);
      const clock = decoding.readVarUint(decoder);
      if (!Number.isSafeInteger(client) || !Number.isSafeInteger(clock)) throw new RangeError('a number is too large');
    }
    if (decoding.hasContent(decoder)) throw new RangeError('it goes on after its end');
  } catch (error) {
    throw new YjsFault('bad-update', `The state vector cannot be decoded: ${String(error)}.`, { cause: error });
  }
}

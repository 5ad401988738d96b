import { ProtocolFault } from './fault.ts';

/** For tests: the refusal that `decode` throws. Throws if it takes what it was given, or fails in another way. */
export function refusalOf(decode: () => unknown): ProtocolFault {
  try {
    decode();
  } catch (error) {
    if (error instanceof ProtocolFault) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

import { decodeCompactOp, decodeCompactOps, ProtocolFault } from '../protocol/index.ts';

/** A frame as JSON, for people: a binary one as the text frame that says the same, or empty if it says nothing. */
export function readableFrame(frame: string | Uint8Array, direction: 'in' | 'out'): string {
  if (typeof frame === 'string') return frame;
  try {
    return JSON.stringify(direction === 'out' ? decodeCompactOp(frame) : decodeCompactOps(frame));
  } catch (error) {
    if (error instanceof ProtocolFault) return '';
    throw error;
  }
}

import { decodeServerMessage, ProtocolFault, type ServerMessage } from '../../lib/protocol/index.ts';

export interface ServerFrame {
  text: string;
  /** Null if no client could read it. */
  message: ServerMessage | null;
}

/** The server's bytes are shared by everybody who gets them, so each is read once. */
const read = new WeakMap<Buffer, ServerFrame>();

export function readFrame(frame: Buffer): ServerFrame {
  const known = read.get(frame);
  if (known) return known;
  const text = frame.toString('utf8');
  const fresh = { text, message: decode(text) };
  read.set(frame, fresh);
  return fresh;
}

function decode(text: string): ServerMessage | null {
  try {
    return decodeServerMessage(text);
  } catch (error) {
    if (error instanceof ProtocolFault) return null;
    throw error;
  }
}

import { decodeServerMessage, type ServerMessage } from '../../lib/protocol/index.ts';

export interface ServerFrame {
  text: string;
  message: ServerMessage | null;
}

/** The server's bytes are shared by everybody who gets them, so each is read once. */
const read = new WeakMap<Buffer, ServerFrame>();

export function readFrame(frame: Buffer): ServerFrame {
  const known = read.get(frame);
  if (known) return known;
  const text = frame.toString('utf8');
  const fresh = { text, message: decodeServerMessage(text) };
  read.set(frame, fresh);
  return fresh;
}

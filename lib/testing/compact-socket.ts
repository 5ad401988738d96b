import { decodeCompactOp, decodeServerMessage, encodeCompactOps, ProtocolFault } from '../protocol/index.ts';

/** As in lib/client. */
interface Handlers {
  open(): void;
  message(frame: string | Uint8Array): void;
  closed(code: number, reason: string): void;
}

interface TextHandlers extends Handlers {
  message(frame: string): void;
}

interface TextSocket {
  send(frame: string): void;
  close(code?: number, reason?: string): void;
}

interface CompactSocket extends TextSocket {
  readonly isCompact: true;
  sendBinary(frame: Uint8Array): void;
}

/** A socket that speaks the compact form with the client, and JSON with what `connect` gives, which knows nothing else. */
export function compactSocket(handlers: Handlers, connect: (handlers: TextHandlers) => TextSocket): CompactSocket {
  const socket = connect({
    open: () => handlers.open(),
    message: (frame) => handlers.message(compacted(frame)),
    closed: (code, reason) => handlers.closed(code, reason),
  });
  return {
    isCompact: true,
    send: (frame) => socket.send(frame),
    sendBinary: (frame) => socket.send(JSON.stringify(decodeCompactOp(frame))),
    close: (code, reason) => socket.close(code, reason),
  };
}

function compacted(frame: string): string | Uint8Array {
  if (!frame.startsWith('{"t":"ops"')) return frame;
  try {
    const message = decodeServerMessage(frame);
    if (message?.t !== 'ops') return frame;
    return encodeCompactOps(
      message.rev,
      message.ops.map(([author, seq, op]) => ({ author, seq, op })),
    );
  } catch (error) {
    // A test that sends nonsense sends it as it is.
    if (error instanceof ProtocolFault) return frame;
    throw error;
  }
}

import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { CloseCode } from '../lib/protocol/index.ts';
import { frameOf } from './room/frame.ts';
import type { Wire } from './session.ts';
import { fileOf, writeNow } from './socket-file.ts';

/** Opcodes and the bit for "all of the message" of RFC 6455, §5.2. */
const WHOLE_TEXT = 0x81;
const WHOLE_BINARY = 0x82;
const PING = 0x89;
/** Payloads up to this many bytes have their length in the second byte of the frame; longer ones say there how it is written. */
const SHORT = 125;
const IN_TWO_BYTES = 126;
const IN_EIGHT_BYTES = 127;

/** Larger payloads are written behind their header: a copy would cost more than a second piece. */
const COPIED = 64 * 1024;

/** What was framed last. Everybody in a room is sent the same payload, one after the other. */
let framed: { payload: Buffer; first: number; bytes: Buffer } | null = null;

/**
 * The socket under a session. Frames are written to `socket`, which is `ws`'s own, as one buffer that all who are sent the
 * same payload share: `ws` would make a header for each and write two pieces. That is right as long as `ws` itself
 * has nothing in hand, which without compression and blobs it never has.
 */
export class SocketWire implements Wire {
  readonly #ws: WebSocket;
  readonly #socket: Duplex;
  readonly #first: number;
  readonly #fd: number;

  constructor(ws: WebSocket, socket: Duplex, binary: boolean) {
    this.#ws = ws;
    this.#socket = socket;
    this.#fd = fileOf(socket);
    this.#first = binary ? WHOLE_BINARY : WHOLE_TEXT;
  }

  get buffered(): number {
    return this.#socket.writableLength;
  }

  send(payload: Buffer): void {
    this.#send(payload, this.#first);
  }

  #send(payload: Buffer, first: number): void {
    // Nothing may follow a close frame.
    if (this.#ws.readyState !== WebSocket.OPEN) return;
    if (payload.length <= COPIED) writeNow(this.#socket, this.#fd, frameOnce(payload, first));
    else this.#writeAll([payload], payload.length, first);
  }

  sendBinary(payload: Buffer): void {
    this.#send(payload, WHOLE_BINARY);
  }

  sendPieces(pieces: readonly Buffer[]): void {
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (length <= COPIED) this.send(Buffer.concat(pieces, length));
    else if (this.#ws.readyState === WebSocket.OPEN) this.#writeAll(pieces, length, this.#first);
  }

  /** A pong that nobody asked for, which a page can hear, and a ping, which its browser answers: one write for both. */
  beat(): void {
    if (this.#ws.readyState === WebSocket.OPEN) writeNow(this.#socket, this.#fd, BEAT);
  }

  close(code: CloseCode, reason: string): void {
    this.#ws.close(code, reason);
  }

  pause(): void {
    this.#ws.pause();
  }

  resume(): void {
    this.#ws.resume();
  }

  #writeAll(pieces: readonly Buffer[], length: number, first: number): void {
    const socket = this.#socket;
    socket.cork();
    socket.write(headerOf(length, first));
    for (const piece of pieces) socket.write(piece);
    socket.uncork();
  }
}

/** A client's own pings have a later time. */
const BEAT = Buffer.concat([frame(frameOf({ t: 'pong', at: -1 }), WHOLE_TEXT), Buffer.from([PING, 0])]);

function frameOnce(payload: Buffer, first: number): Buffer {
  if (framed?.payload === payload && framed.first === first) return framed.bytes;
  const bytes = frame(payload, first);
  framed = { payload, first, bytes };
  return bytes;
}

function frame(payload: Buffer, first: number): Buffer {
  return Buffer.concat([headerOf(payload.length, first), payload]);
}

/** What stands before a payload of `length` bytes from a server, which is not masked. */
function headerOf(length: number, first: number): Buffer {
  if (length <= SHORT) return Buffer.from([first, length]);
  const header = Buffer.allocUnsafe(length <= 0xffff ? 4 : 10);
  header[0] = first;
  if (header.length === 4) {
    header[1] = IN_TWO_BYTES;
    header.writeUInt16BE(length, 2);
  } else {
    header[1] = IN_EIGHT_BYTES;
    header.writeBigUInt64BE(BigInt(length), 2);
  }
  return header;
}

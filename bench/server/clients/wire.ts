import { createHash, randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** What a frame is, as RFC 6455 numbers it. */
export const Opcode = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface WireOptions {
  port: number;
  /** Begins with `/`. */
  path: string;
  subprotocol?: string;
  headers?: Readonly<Record<string, string>>;
  /** A message has come. `payload` is good during the call only. `now` is when its bytes were read, as of `performance.now()`. */
  onMessage: (payload: Buffer, opcode: number, now: number) => void;
  /** The connection is over, by whomever. */
  onEnd?: () => void;
}

/**
 * A WebSocket client that costs little, so that a thousand of them leave the machine to the server: it knows one frame per
 * message, no extensions, no timers. Both ways are counted as they are on the line, with framing, without the handshake.
 */
export interface Wire {
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Messages that have come, not counting control frames. */
  readonly messagesIn: number;
  send(payload: Buffer, opcode?: number): void;
  /** Says goodbye. Nothing is heard afterwards. */
  close(): void;
  /** Cuts the line without a word. Nothing is heard afterwards. */
  cut(): void;
}

/** Read by all sockets in turn: what is read is handled before the next one reads. */
const readBuffer = Buffer.alloc(256 * 1024);
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

const open = new Set<Wire>();

/** Cuts all lines there are: nobody wants to hear what servers say that are about to be stopped. */
export function cutAllWires(): void {
  for (const wire of open) wire.cut();
}

/** Resolves once the handshake is done; rejects if it was refused or the line broke before. */
export function openWire(options: WireOptions): Promise<Wire> {
  return new Promise((resolve, reject) => {
    const wire = new NetWire(options, resolve, reject);
    open.add(wire);
    wire.start();
  });
}

class NetWire implements Wire {
  bytesIn = 0;
  bytesOut = 0;
  messagesIn = 0;
  readonly #options: WireOptions;
  readonly #opened: (wire: Wire) => void;
  readonly #failed: (error: Error) => void;
  readonly #key = randomBytes(16).toString('base64');
  /** One for all frames: it has to hide nothing here, only to cost the server what masks cost. */
  readonly #mask = randomBytes(4);
  #socket: Socket | null = null;
  #isOpen = false;
  #isOver = false;
  /** The beginning of a frame whose end has not come. */
  #rest: Buffer | null = null;
  /** Bytes of the frame that `#rest` begins, if they are known: pieces are joined once all are there. */
  #pieces: Buffer[] = [];
  #pieceBytes = 0;
  #awaited = 0;

  constructor(options: WireOptions, opened: (wire: Wire) => void, failed: (error: Error) => void) {
    this.#options = options;
    this.#opened = opened;
    this.#failed = failed;
  }

  start(): void {
    const { port, path, subprotocol, headers = {} } = this.#options;
    const socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: {
        buffer: readBuffer,
        callback: (bytes) => {
          this.#read(readBuffer.subarray(0, bytes));
          return true;
        },
      },
    });
    this.#socket = socket;
    const lines = [
      `GET ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Key: ${this.#key}`,
      'Sec-WebSocket-Version: 13',
      ...(subprotocol === undefined ? [] : [`Sec-WebSocket-Protocol: ${subprotocol}`]),
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ];
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    socket.on('error', (error) => this.#end(error));
    socket.on('close', () => this.#end(new Error(`The server closed the line to ${path}.`)));
  }

  send(payload: Buffer, opcode: number = Opcode.binary): void {
    if (this.#isOver) return;
    const frame = maskedFrame(payload, opcode, this.#mask);
    this.bytesOut += frame.length;
    this.#socket?.write(frame);
  }

  close(): void {
    this.send(Buffer.from([0x03, 0xe8]), Opcode.close);
    this.#over();
    this.#socket?.end();
    // Whoever does not answer the goodbye is not waited for.
    this.#socket?.resume().unref();
  }

  cut(): void {
    this.#over();
    this.#socket?.destroy();
  }

  #over(): void {
    this.#isOver = true;
    open.delete(this);
  }

  #end(error: Error): void {
    if (this.#isOver) return;
    this.#over();
    this.#socket?.destroy();
    if (this.#isOpen) this.#options.onEnd?.();
    else this.#failed(error);
  }

  #read(bytes: Buffer): void {
    if (this.#isOver) return;
    const now = performance.now();
    if (this.#awaited > 0) {
      this.#pieces.push(Buffer.from(bytes));
      this.#pieceBytes += bytes.length;
      if (this.#pieceBytes < this.#awaited) return;
      const all = Buffer.concat(this.#pieces);
      this.#pieces = [];
      this.#awaited = 0;
      return this.#take(all, now);
    }
    if (this.#rest === null) return this.#take(bytes, now);
    const all = Buffer.concat([this.#rest, bytes]);
    this.#rest = null;
    this.#take(all, now);
  }

  #take(all: Buffer, now: number): void {
    let at = 0;
    if (!this.#isOpen) {
      const end = all.indexOf('\r\n\r\n');
      if (end < 0) {
        this.#rest = Buffer.from(all);
        return;
      }
      at = end + 4;
      if (!this.#greeted(all.toString('latin1', 0, end))) return;
    }
    while (!this.#isOver) {
      const size = frameSize(all, at);
      if (size === null || at + size > all.length) {
        this.#keep(all, at, size);
        return;
      }
      const length = payloadLength(all, at);
      this.bytesIn += size;
      this.#handle(all.readUInt8(at) & 0x0f, all.subarray(at + size - length, at + size), now);
      at += size;
    }
  }

  #keep(all: Buffer, at: number, size: number | null): void {
    if (at === all.length) return;
    const rest = Buffer.from(all.subarray(at));
    if (size === null) {
      this.#rest = rest;
      return;
    }
    this.#pieces = [rest];
    this.#pieceBytes = rest.length;
    this.#awaited = size;
  }

  #greeted(head: string): boolean {
    const accept = createHash('sha1').update(`${this.#key}${GUID}`).digest('base64');
    if (!head.startsWith('HTTP/1.1 101') || !head.includes(accept)) {
      this.#end(new Error(`The server refused the socket: ${head.slice(0, head.indexOf('\r\n'))}`));
      return false;
    }
    this.#isOpen = true;
    this.#opened(this);
    return true;
  }

  #handle(opcode: number, payload: Buffer, now: number): void {
    switch (opcode) {
      case Opcode.text:
      case Opcode.binary:
        this.messagesIn++;
        return this.#options.onMessage(payload, opcode, now);
      case Opcode.ping:
        return this.send(payload, Opcode.pong);
      case Opcode.pong:
        return;
      case Opcode.close:
        return this.#end(new Error('The server closed the socket.'));
      default:
        throw new Error(`A server sent a frame of kind ${opcode}, which none of ours does.`);
    }
  }
}

/** Of the whole frame that begins there; null if its head is not all there. */
function frameSize(bytes: Buffer, at: number): number | null {
  if (bytes.length < at + 2) return null;
  const short = bytes.readUInt8(at + 1) & 0x7f;
  if (short < 126) return 2 + short;
  const head = short === 126 ? 4 : 10;
  return bytes.length < at + head ? null : head + payloadLength(bytes, at);
}

function payloadLength(bytes: Buffer, at: number): number {
  const short = bytes.readUInt8(at + 1) & 0x7f;
  if (short < 126) return short;
  return short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
}

function maskedFrame(payload: Buffer, opcode: number, mask: Buffer): Buffer {
  const { length } = payload;
  const head = length < 126 ? 6 : length < 65_536 ? 8 : 14;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = 0x80 | opcode;
  if (length < 126) frame[1] = 0x80 | length;
  else if (length < 65_536) {
    frame[1] = 0x80 | 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 0x80 | 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  mask.copy(frame, head - 4);
  for (let at = 0; at < length; at++) frame[head + at] = (payload[at] ?? 0) ^ (mask[at & 3] ?? 0);
  return frame;
}

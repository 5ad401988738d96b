import type { FrameHandlers } from './ends.ts';
import type { Line } from './network.ts';

/** What sockets need of the page that they are in. */
export interface SocketWorld {
  /** Opens a line of the simulated network. */
  dial(url: string, handlers: FrameHandlers<Uint8Array>): Line<Uint8Array>;
  after(ms: number, run: () => void): unknown;
}

/** A browser gives up a handshake that nobody answers, after this long in ms; providers wait for that. */
const HANDSHAKE_MS = 20_000;

/** The part of a browser's WebSocket that stock Yjs providers use, on a simulated line. */
class SimulatedSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  readonly OPEN = SimulatedSocket.OPEN;
  binaryType = 'blob';
  readyState: number = SimulatedSocket.CONNECTING;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: ((event: object) => void) | null = null;
  readonly #line: Line<Uint8Array>;

  constructor(url: string, world: SocketWorld) {
    this.#line = world.dial(url, {
      open: () => {
        this.readyState = SimulatedSocket.OPEN;
        this.onopen?.();
      },
      // Whoever receives it may keep it.
      message: (frame) => this.onmessage?.({ data: Uint8Array.from(frame).buffer }),
      closed: (code, reason) => {
        this.readyState = SimulatedSocket.CLOSED;
        this.onclose?.({ code, reason });
      },
    });
    world.after(HANDSHAKE_MS, () => {
      if (this.readyState === SimulatedSocket.CONNECTING) this.close();
    });
  }

  send(frame: Uint8Array): void {
    this.#line.send(frame);
  }

  close(): void {
    if (this.readyState === SimulatedSocket.CLOSED) return;
    this.readyState = SimulatedSocket.CLOSING;
    this.#line.close();
  }
}

/** A class to give to a provider in place of the browser's. */
export function socketClass(world: SocketWorld): typeof WebSocket {
  const made = class extends SimulatedSocket {
    constructor(url: string) {
      super(url, world);
    }
  };
  // It has what is used, and not what nobody calls.
  return made as unknown as typeof WebSocket;
}

interface WireHandlers {
  open(): void;
  message(text: string): void;
  closed(code: number, reason: string): void;
}

/** The server's end of a wire. */
export interface WireServer {
  opened(wire: FakeWire): void;
  received(wire: FakeWire, frame: string): void;
  gone(wire: FakeWire): void;
}

/** One socket between a client and a fake server. Nothing moves before the test moves it. */
export class FakeWire {
  /** Frames on their way to the server. */
  readonly up: string[] = [];
  /** Frames on their way to the client. */
  readonly down: string[] = [];
  /** The client has closed it, or the server's close has arrived. */
  ended = false;
  isOpen = false;
  #swallows = false;
  readonly #handlers: WireHandlers;
  readonly #server: WireServer;
  /** The server has closed; the client hears of it after the frames before. */
  #closing: { code: number; reason: string } | null = null;

  constructor(handlers: WireHandlers, server: WireServer) {
    this.#handlers = handlers;
    this.#server = server;
  }

  /** The client's calls. */
  send(text: string): void {
    if (!this.ended && !this.#swallows) this.up.push(text);
  }

  close(): void {
    if (this.ended) return;
    this.ended = true;
    this.#server.gone(this);
  }

  /** The handshake succeeds. */
  open(): void {
    if (this.ended || this.isOpen || this.#swallows) return;
    this.isOpen = true;
    this.#server.opened(this);
    this.#handlers.open();
  }

  /** The server's calls. */
  push(frame: string): void {
    if (!this.ended && !this.#closing && !this.#swallows) this.down.push(frame);
  }

  end(code: number, reason: string): void {
    this.#closing ??= { code, reason };
  }

  /** Moves up to `count` frames to the server. */
  deliverUp(count = Number.POSITIVE_INFINITY): number {
    let moved = 0;
    for (; moved < count && !this.ended && !this.#closing; moved++) {
      const frame = this.up.shift();
      if (frame === undefined) break;
      this.#server.received(this, frame);
    }
    return moved;
  }

  /** Moves up to `count` frames to the client, and then the server's close if it is all that is left. */
  deliverDown(count = Number.POSITIVE_INFINITY): number {
    let moved = 0;
    for (; moved < count && !this.ended; moved++) {
      const frame = this.down.shift();
      if (frame === undefined) break;
      this.#handlers.message(frame);
    }
    if (this.#closing && !this.ended && !this.#swallows && this.down.length === 0) {
      this.ended = true;
      moved += 1;
      this.#server.gone(this);
      this.#handlers.closed(this.#closing.code, this.#closing.reason);
    }
    return moved;
  }

  /** The network swallows everything from now on, and tells nobody. */
  swallow(): void {
    this.#swallows = true;
    this.up.length = 0;
    this.down.length = 0;
  }

  /** The network breaks: everything on its way is lost, and the client is told `code` and `reason`. */
  cut(code = 1006, reason = ''): void {
    if (this.ended) return;
    this.ended = true;
    this.up.length = 0;
    this.down.length = 0;
    this.#server.gone(this);
    this.#handlers.closed(code, reason);
  }
}

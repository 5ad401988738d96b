import type { SeededRandom } from '../../lib/testing/index.ts';
import type { Wire } from '../../server/session.ts';
import { Lane } from './lane.ts';
import type { FrameHandlers, ServerEnd } from './ends.ts';
import { oneIn, waitAround, type World } from './world.ts';

/** The code of a socket that ended without a close frame. */
const ABNORMAL = 1006;
/** The server's heartbeat finds a silent socket after this long, in ms; its own step comes on top. */
const HEARTBEAT_MS = 17_500;
const HEARTBEAT_STEP_MS = 2_500;
/** A closing browser socket may deliver events for about this long, in ms. */
const LATE_MS = 1_500;

/** A history has this many times less to say than a room in which somebody gets too slow. */
const BUSIER = 3_000;

/** Listens in on a socket. `Frame` is what a frame is to the client: text or bytes. */
export interface Ear<Frame> {
  /** A frame of the server's, as the client gets it. */
  read(frame: Buffer): Frame;
  /** The client sends a frame. */
  sent(frame: Frame): void;
  /** A frame of the client's has arrived. */
  arrived(frame: Frame): void;
  /** The server hands a frame to the socket: from here on it counts as shown. */
  shown(frame: Buffer): void;
  /** A frame has reached the client's newest socket, and it is about to handle it. */
  heard(frame: Buffer): void;
  closed(code: number): void;
}

/** Accepts a socket, or refuses it by null. */
export type Accept<Frame> = (wire: Wire) => ServerEnd<Frame> | null;

/** Who learns at once that a connection broke. The others find out by their heartbeats. */
export type Told = 'both' | 'client' | 'server' | 'nobody';

type Up<Frame> = { kind: 'frame'; frame: Frame } | { kind: 'close' };
type Down = { kind: 'open' } | { kind: 'frame'; frame: Buffer } | { kind: 'close'; code: number };

/**
 * One WebSocket over one TCP connection: in order within a direction, and able to break at any message, on either side, at
 * different moments, or with nobody knowing.
 */
export class Connection<Frame extends string | Uint8Array> {
  readonly #world: World;
  readonly #random: SeededRandom;
  readonly #handlers: FrameHandlers<Frame>;
  readonly #ear: Ear<Frame>;
  readonly #up: Lane<Up<Frame>>;
  readonly #down: Lane<Down>;
  #server: ServerEnd<Frame> | null = null;
  /** `leaving`: the client has called `close`; events that come now are late ones. */
  #client: 'connecting' | 'open' | 'leaving' | 'gone' = 'connecting';

  constructor(world: World, random: SeededRandom, latencyMs: number, handlers: FrameHandlers<Frame>, ear: Ear<Frame>) {
    this.#world = world;
    this.#random = random;
    this.#handlers = handlers;
    this.#ear = ear;
    const latency = (): number => waitAround(random, latencyMs);
    this.#up = new Lane<Up<Frame>>(world.scheduler, latency, (item) => this.#arriveUp(item));
    this.#down = new Lane<Down>(world.scheduler, latency, (item) => this.#arriveDown(item));
  }

  get over(): boolean {
    return this.#client === 'gone' && this.#server === null;
  }

  get alive(): boolean {
    return this.#client === 'open' && this.#server !== null && !this.#up.isCut && !this.#down.isCut;
  }

  /** The handshake has reached the server. */
  knock(accept: Accept<Frame>): void {
    if (this.#client !== 'connecting' || this.#up.isCut) return;
    this.#server = accept(this.#wire());
    if (this.#server) this.#down.send({ kind: 'open' });
    else this.refuse();
  }

  /** The handshake fails: nobody listens. */
  refuse(): void {
    if (!this.#down.isCut) this.#down.cut(() => 0, { kind: 'close', code: ABNORMAL });
    this.#up.cut(() => 0);
  }

  /** The client's calls. */
  send(frame: Frame): void {
    if (this.#client !== 'open') return;
    this.#ear.sent(frame);
    // Whoever writes to a machine that knows nothing of the connection (any more) is told so.
    if (this.#up.isCut && !this.#down.isCut && oneIn(this.#random, 2)) {
      this.#down.cut(() => 0, { kind: 'close', code: ABNORMAL });
    }
    this.#up.send({ kind: 'frame', frame }, frame.length);
  }

  close(): void {
    if (this.#client === 'leaving' || this.#client === 'gone') return;
    this.#client = 'leaving';
    this.#up.send({ kind: 'close' });
    // Frames that were on their way arrive late, or not any more; the event of the close comes in any case.
    if (oneIn(this.#random, 2)) this.#down.cut(() => 0);
    this.#world.scheduler.after(this.#random.next() * LATE_MS, () => this.#clientClosed(ABNORMAL));
  }

  /** The network breaks. Of what is on its way some may still arrive. */
  cut(told: Told): void {
    const keep = (onTheWay: number): number => this.#random.int(onTheWay + 1);
    const tellClient = told === 'both' || told === 'client';
    this.#down.cut(keep, tellClient ? { kind: 'close', code: ABNORMAL } : undefined);
    const tellServer = told === 'both' || told === 'server';
    this.#up.cut(keep, tellServer ? { kind: 'close' } : undefined);
    if (!tellServer) this.#heartbeat();
  }

  /** The server's process has died; its machine may still tell the client, or never. */
  orphan(tellsClient: boolean): void {
    this.#server = null;
    const keep = (onTheWay: number): number => this.#random.int(onTheWay + 1);
    this.#up.cut(() => 0);
    if (tellsClient) this.#down.cut(keep, { kind: 'close', code: ABNORMAL });
    else this.#down.cut(keep);
  }

  stall(direction: 'up' | 'down' | 'both', ms: number): void {
    if (direction !== 'down') this.#up.hold(ms);
    if (direction !== 'up') this.#down.hold(ms);
  }

  #wire(): Wire {
    const lane = this.#down;
    return {
      send: (frame) => {
        this.#ear.shown(frame);
        lane.send({ kind: 'frame', frame }, frame.length);
      },
      get buffered() {
        // What fits through an honest line leaves the process at once.
        return lane.stalled || lane.isCut ? lane.bytes * BUSIER : 0;
      },
      close: (code) => {
        lane.send({ kind: 'close', code });
        // The other side answers the close, or a deadline passes.
        if (lane.isCut) this.#heartbeat();
      },
      pause: () => this.#up.pause(),
      resume: () => this.#up.resume(),
    };
  }

  #arriveUp(item: Up<Frame>): void {
    const server = this.#server;
    if (!server) return;
    this.#world.scheduler.stir();
    switch (item.kind) {
      case 'frame':
        this.#world.mix(item.frame.length);
        this.#ear.arrived(item.frame);
        return server.receive(item.frame);
      case 'close':
        return this.#serverClosed();
    }
  }

  #arriveDown(item: Down): void {
    if (this.#client === 'gone') return;
    switch (item.kind) {
      case 'open':
        if (this.#client === 'leaving') return;
        this.#client = 'open';
        return this.#handlers.open();
      case 'frame': {
        const frame = this.#ear.read(item.frame);
        this.#world.mix(frame.length);
        if (this.#client === 'leaving') this.#world.coverage.count('lateEvents');
        else this.#ear.heard(item.frame);
        return this.#handlers.message(frame);
      }
      case 'close':
        this.#up.send({ kind: 'close' });
        return this.#clientClosed(item.code);
    }
  }

  #clientClosed(code: number): void {
    if (this.#client === 'gone') return;
    if (this.#client === 'leaving') this.#world.coverage.count('lateEvents');
    else this.#ear.closed(code);
    this.#client = 'gone';
    this.#world.mix(code);
    this.#handlers.closed(code, '');
  }

  #serverClosed(): void {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    this.#world.scheduler.stir();
    server.closed();
  }

  #heartbeat(): void {
    const wait = HEARTBEAT_MS + this.#random.next() * HEARTBEAT_STEP_MS;
    this.#world.scheduler.after(wait, () => this.#serverClosed());
  }
}

import type { IncomingMessage, Server } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import { CloseCode, ProtocolFault } from '../lib/protocol/index.ts';
import { withinBase } from './base-path.ts';
import type { Caller } from './caller.ts';
import type { Clock } from './clock.ts';
import type { Counters } from './counters.ts';
import type { Conversation, Endpoint } from './endpoint.ts';
import { Heartbeat, type Heart, type HeartbeatLimits } from './heartbeat.ts';
import type { Intake } from './intake.ts';
import type { ServerLimits } from './limits.ts';
import type { Log } from './log.ts';
import { originAllowed, type OriginRule } from './origin.ts';
import { requestIdOf } from './request-id.ts';
import { frameOf } from './room/frame.ts';
import { SocketWire } from './socket-wire.ts';
import { Turnstile } from './turnstile.ts';

export interface GatewayOptions extends OriginRule {
  endpoints: readonly Endpoint[];
  log: Log;
  callerOf: (request: IncomingMessage) => Caller;
  /** Where members' messages wait. */
  intake: Intake;
  /** Somebody wants to come in, or to know something that no beat has to be waited for. */
  wanted?: () => void;
  /** Endpoints lie behind it, whatever their own paths are. */
  basePath: string;
  clock: Clock;
  counters: Counters;
  limits: HeartbeatLimits &
    Pick<ServerLimits, 'sockets' | 'socketsPerAddress' | 'newcomerEveryMs' | 'newcomersAtOnce' | 'newcomers'>;
  /** Upgrades for other paths, such as the development server's; without it they get 404. */
  otherUpgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;
}

export interface Gateway {
  readonly sockets: number;
  /** Tells everybody to come back in this window once they are dismissed, and lets nobody in any more. */
  announceDrain(minMs: number, maxMs: number): void;
  /** Closes all sockets with 4503. */
  dismiss(): void;
  close(): void;
}

/** `ws`'s own, with what is known of it: a table of sockets would be one more thing to be read from memory for each message. */
class KeptSocket extends WebSocket {
  live: Live | null = null;
}

/** A socket that is open. */
class Live implements Heart {
  readonly session: Conversation;
  readonly address: string;
  heardAt: number;
  place: Set<Heart> | null = null;
  readonly #ws: WebSocket;
  readonly #wire: SocketWire;
  readonly #counters: Counters;

  constructor(
    ws: WebSocket,
    wire: SocketWire,
    session: Conversation,
    address: string,
    now: number,
    counters: Counters,
  ) {
    this.#ws = ws;
    this.#wire = wire;
    this.session = session;
    this.address = address;
    this.heardAt = now;
    this.#counters = counters;
  }

  ping(): void {
    this.#ws.ping();
  }

  beat(): void {
    this.#wire.beat();
    this.#counters.messagesOut.pong++;
  }

  drop(): void {
    this.#ws.terminate();
  }
}

/** How long the other end may take to answer our close, in ms. One that reads nothing keeps its unsent bytes for as long. */
const CLOSE_MS = 5_000;

/** Where sockets come in: upgrade, origin, counts per address. What they say is an endpoint's matter. */
export function openGateway(server: Server, options: GatewayOptions): Gateway {
  const { clock, limits } = options;
  const endpoints = options.endpoints.map((endpoint) => ({ endpoint, server: webSocketServer(endpoint) }));
  const live = new Set<Live>();
  const perAddress = new Map<string, number>();
  const heartbeat = new Heartbeat(clock, limits);
  const turnstile = new Turnstile(clock, limits.newcomerEveryMs, limits.newcomers, limits.newcomersAtOnce);
  let draining = false;

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Shared, and so not a closure that would keep the request for as long as the socket.
    socket.on('error', destroySocket);
    options.wanted?.();
    const enter = entranceOf(request, socket, head);
    if (!enter) {
      if (!options.otherUpgrade?.(request, socket, head)) refuse(socket, '404 Not Found');
      return;
    }
    if (!originAllowed(request, options)) return refuse(socket, '403 Forbidden');
    const caller = options.callerOf(request);
    const { address } = caller;
    const waits = turnstile.queue(address, () => {
      if (socket.destroyed || !socket.readable) {
        socket.destroy();
        return false;
      }
      if (draining || live.size >= limits.sockets) refuse(socket, '503 Service Unavailable');
      else if ((perAddress.get(address) ?? 0) >= limits.socketsPerAddress) refuse(socket, '429 Too Many Requests');
      else enter(caller);
      // A thousand who come at once are let in one by one, for seconds.
      options.wanted?.();
      return true;
    });
    if (!waits) refuse(socket, '503 Service Unavailable');
  });

  /** How to let a request in; null if it asks for nothing of ours. */
  function entranceOf(request: IncomingMessage, socket: Duplex, head: Buffer): ((caller: Caller) => void) | null {
    const url = urlOf(request, options.basePath);
    if (!url) return null;
    for (const { endpoint, server: wss } of endpoints) {
      const converse = endpoint.open(url);
      if (!converse) continue;
      return (caller) =>
        wss.handleUpgrade(request, socket, head, (ws) => {
          // `ws` hears of errors from here on.
          socket.off('error', destroySocket);
          if (socket instanceof Socket) socket.setKeepAlive(true, limits.pingEveryMs);
          const wire = new SocketWire(ws, socket, endpoint.binary);
          const session = converse(wire, caller, ws.protocol);
          options.log.debug(
            { request: requestIdOf(request, options.trustProxy), session: session.id },
            'socket opened',
          );
          keep(ws, new Live(ws, wire, session, caller.address, clock.now(), options.counters));
        });
    }
    return null;
  }

  function keep(ws: WebSocket, entry: Live): void {
    const { address } = entry;
    // All are: `webSocketServer` says so.
    if (ws instanceof KeptSocket) ws.live = entry;
    live.add(entry);
    heartbeat.add(entry);
    perAddress.set(address, (perAddress.get(address) ?? 0) + 1);
    // The same functions for all sockets: closures of each would be a good part of what an idle one costs.
    ws.on('error', logError);
    ws.on('pong', heardPong);
    ws.on('message', heardMessage);
    ws.on('close', letGo);
  }

  function logError(this: WebSocket, error: Error): void {
    options.log.debug({ session: liveOf(this)?.session.id, reason: error.message }, 'socket error');
  }

  function heardPong(this: WebSocket): void {
    const entry = liveOf(this);
    if (entry) entry.heardAt = clock.now();
  }

  function heardMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
    const entry = liveOf(this);
    // With the default binaryType a message is one Buffer, and `ws` has checked that text is UTF-8.
    if (!entry || !Buffer.isBuffer(data)) return;
    entry.heardAt = clock.now();
    options.counters.bytesIn += data.length;
    const frame = isBinary ? data : data.toString('utf8');
    if (entry.session.isInside === true) return options.intake.take(entry.session, frame);
    // What is not a member's is seldom, and somebody waits for a page.
    options.wanted?.();
    if (typeof frame === 'string') entry.session.receive(frame);
    else entry.session.receiveBinary(frame);
  }

  function letGo(this: WebSocket): void {
    const entry = liveOf(this);
    if (!entry) return;
    options.intake.flush();
    const { address, session } = entry;
    live.delete(entry);
    heartbeat.remove(entry);
    const left = (perAddress.get(address) ?? 1) - 1;
    if (left > 0) perAddress.set(address, left);
    else perAddress.delete(address);
    session.closed();
  }

  return {
    get sockets() {
      return live.size;
    },
    announceDrain(minMs, maxMs) {
      draining = true;
      const farewell = frameOf({ t: 'drain', minMs, maxMs });
      for (const { session } of live) session.send(farewell);
    },
    dismiss() {
      options.intake.flush();
      const why = 'This server is going away. Reconnecting to the next one.';
      for (const { session } of live) session.end(new ProtocolFault('draining', CloseCode.DRAINING, why));
    },
    close() {
      heartbeat.stop();
      turnstile.stop();
      for (const entry of live) entry.drop();
      for (const { server: wss } of endpoints) wss.close();
    },
  };
}

function webSocketServer({ mostBytes, choose }: Endpoint): WebSocketServer {
  // Not written into the call, because the library's types do not know `closeTimeout` yet.
  const options = {
    noServer: true,
    WebSocket: KeptSocket,
    maxPayload: mostBytes,
    perMessageDeflate: false,
    // We know them all ourselves.
    clientTracking: false,
    closeTimeout: CLOSE_MS,
    handleProtocols: choose,
  };
  return new WebSocketServer(options);
}

/** Behind the base path; null outside of it, or if the request's target is no path: nothing of ours has such a name. */
function urlOf(request: IncomingMessage, basePath: string): URL | null {
  const target = withinBase(request.url ?? '', basePath);
  // A base that no request can name, for the target has no host of its own.
  return target?.startsWith('/') && URL.canParse(target, 'http://host') ? new URL(target, 'http://host') : null;
}

function liveOf(ws: WebSocket): Live | null {
  return ws instanceof KeptSocket ? ws.live : null;
}

function destroySocket(this: Duplex): void {
  this.destroy();
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

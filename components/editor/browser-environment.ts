import {
  COMPACT_SUBPROTOCOL,
  SUBPROTOCOL,
  type Environment,
  type Socket,
  type SocketHandlers,
} from '../../lib/client/index.ts';
import { withBase } from '../ui/base-path.ts';
import { randomToken } from '../ui/tokens.ts';
import { socketTap, tapped } from './socket-tap.ts';

/** Others' letters appear some thirty times in a second at the most: the eye takes that for at once, and each drawing has its price. */
const REST_MS = 30;
/** What a browser says of a socket that never opened. */
const NO_NETWORK = 1006;

/**
 * The browser as lib/client sees it: sockets to the server that the page came from, timers, network events. `shard` tells a
 * balancer which node the room is on; any other would do too, more slowly.
 */
export function browserEnvironment(shard?: string): Environment {
  return {
    connect: (handlers) => connect(handlers, shard === undefined ? '' : `?shard=${shard}`),
    now: () => performance.now(),
    restMs: REST_MS,
    after(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    random: Math.random,
    clientId: () => randomToken(),
    onNetwork,
    report: (error) => reportError(error),
  };
}

function connect(handlers: SocketHandlers, query: string): Socket {
  const { protocol, host } = window.location;
  if (socketTap()?.mayConnect() === false) {
    const timer = setTimeout(() => handlers.closed(NO_NETWORK, ''));
    return { send: () => undefined, close: () => clearTimeout(timer) };
  }
  const socket = new WebSocket(`${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}${withBase('/ws')}${query}`, [
    COMPACT_SUBPROTOCOL,
    SUBPROTOCOL,
  ]);
  socket.binaryType = 'arraybuffer';
  tapped(socket);
  socket.onopen = () => handlers.open();
  socket.onclose = (event) => handlers.closed(event.code, event.reason);
  socket.onmessage = (event: MessageEvent<unknown>) => {
    const { data } = event;
    const frame = data instanceof ArrayBuffer ? new Uint8Array(data) : String(data);
    const pass = () => handlers.message(frame);
    const tap = socketTap();
    if (tap === null) pass();
    else tap.in(frame, pass);
  };
  const send = (frame: string | Uint8Array<ArrayBuffer>): void => {
    const pass = () => {
      if (socket.readyState === WebSocket.OPEN) socket.send(frame);
    };
    const tap = socketTap();
    if (tap === null) pass();
    else tap.out(frame, pass);
  };
  return {
    get isCompact() {
      return socket.protocol === COMPACT_SUBPROTOCOL;
    },
    send,
    sendBinary: send,
    close(code, reason) {
      socket.close(code, reason);
    },
  };
}

type NetworkEvent = 'online' | 'offline' | 'visible';

function onNetwork(listener: (event: NetworkEvent) => void): () => void {
  const online = () => listener('online');
  const offline = () => listener('offline');
  const visible = () => {
    if (document.visibilityState === 'visible') listener('visible');
  };
  // A page that comes back out of the browser's cache has a dead socket and hears no other event.
  const shown = (event: PageTransitionEvent) => {
    if (event.persisted) listener('visible');
  };
  window.addEventListener('online', online);
  window.addEventListener('offline', offline);
  window.addEventListener('pageshow', shown);
  document.addEventListener('visibilitychange', visible);
  return () => {
    window.removeEventListener('online', online);
    window.removeEventListener('offline', offline);
    window.removeEventListener('pageshow', shown);
    document.removeEventListener('visibilitychange', visible);
  };
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { every, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { openGateway } from './gateway.ts';
import { handleApi } from './http/api.ts';
import type { Log } from './log.ts';
import { Rooms } from './rooms.ts';
import type { Storage } from './storage/storage.ts';

/** How often rooms are asked whether they are idle, in ms. */
const ROOMS_TICK_MS = 1_000;
/** Reconnections after a stop are spread over this window, in ms. */
const DRAIN_MS = 2_000;
/** Open requests get this long to end, in ms; then their sockets are closed. */
const GRACE_MS = 2_000;

/** Who draws the pages: Next in production and development, nobody in most tests. */
export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Upgrades that are the pages' own (hot reload); false: not mine. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
}

export interface RunningServer {
  port: number;
  /** Called once pages can be drawn; until then they get 503. */
  servePages(pages: Pages): void;
  /** Tells everybody to come back, makes everything queued durable, releases the port. */
  stop(): Promise<void>;
}

/** Everything but the pages: one port, one storage, all rooms. Rejects with the system's error if the port is taken. */
export async function startServer(config: Config, storage: Storage, log: Log): Promise<RunningServer> {
  const { limits } = config;
  const clock = systemClock;
  const rooms = new Rooms({ storage, clock, log, limits }, limits);
  let pages: Pages | null = null;
  let stopping = false;

  const server = createServer((request, response) => {
    const deps = {
      rooms,
      storage,
      log,
      documentUnits: limits.advertised.document,
      textBody: limits.textBody,
      jsonBody: limits.jsonBody,
      allowedOrigins: config.allowedOrigins,
      requireOrigin: config.requireOrigin,
      ready: () => !stopping && pages !== null,
    };
    if (handleApi(request, response, deps)) return;
    if (!pages) {
      response.writeHead(503, { 'retry-after': '1', 'content-type': 'text/plain' }).end('Tandem is starting.\n');
      return;
    }
    pages.handle(request, response).catch((error: unknown) => {
      log.error({ err: error }, 'page failed');
      response.destroy();
    });
  });
  server.requestTimeout = limits.bodyTimeoutMs;
  const gateway = openGateway(server, {
    session: { rooms, clock, log, limits },
    clock,
    limits,
    allowedOrigins: config.allowedOrigins,
    requireOrigin: config.requireOrigin,
    otherUpgrade: (request, socket, head) => pages?.upgrade(request, socket, head) ?? false,
  });
  const stopTicking = every(clock, ROOMS_TICK_MS, () => rooms.tick());
  try {
    await listen(server, config);
  } catch (error) {
    stopTicking();
    gateway.close();
    throw error;
  }

  return {
    port: (server.address() as AddressInfo).port,
    servePages(drawn) {
      pages = drawn;
    },
    async stop() {
      stopping = true;
      stopTicking();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // Edits that are queued now become durable and are acknowledged before their sockets close.
      await Promise.all([...rooms.loaded()].map((room) => room.settled()));
      gateway.drain(0, DRAIN_MS);
      await rooms.close();
      await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, GRACE_MS))]);
      gateway.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: ReturnType<typeof createServer>, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

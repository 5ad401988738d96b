import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { AddressBudgets } from './address-budgets.ts';
import { beatOfTraffic } from './beat-of-traffic.ts';
import { watchBusyness } from './busyness.ts';
import { callerOf } from './caller.ts';
import { every, systemClock } from './clock.ts';
import { leadToPages } from './base-path.ts';
import type { Bus } from './cluster/bus.ts';
import { pollHeads } from './cluster/head-poll.ts';
import type { Config } from './config.ts';
import { createCounters, reportCounters, type Counters } from './counters.ts';
import { Doze, sleepThread } from './doze.ts';
import { drain } from './drain.ts';
import { tandemEndpoint, yjsEndpoint } from './endpoint.ts';
import { openGateway } from './gateway.ts';
import { Intake } from './intake.ts';
import { Histories } from './history/histories.ts';
import { handleApi } from './http/api.ts';
import { BodyReader } from './http/body.ts';
import { giveGuestCookie } from './http/guest-cookie.ts';
import { guardAnswer, guardPage } from './http/security-headers.ts';
import { forVisitor } from './http/visitor.ts';
import type { Log } from './log.ts';
import { OwnerDesk } from './links/owner-desk.ts';
import { countAnswer } from './metrics/count-answer.ts';
import { measureStorage } from './metrics/measured-storage.ts';
import { observeRooms } from './metrics/observe-rooms.ts';
import { createRegistry } from './metrics/registry.ts';
import { VERSION } from './metrics/version.ts';
import { requestIdOf } from './request-id.ts';
import { Beat } from './room/beat.ts';
import { Together } from './room/together.ts';
import { Rooms } from './rooms.ts';
import { watchEventLoop } from './status/event-loop.ts';
import { createStatusFeed } from './status/feed.ts';
import { Keeper } from './status/keeper.ts';
import { publishSamples } from './status/publish-samples.ts';
import { statusEndpoint } from './status/status-endpoint.ts';
import type { Storage } from './storage/storage.ts';
import { visitedBase } from './visited-base.ts';

/** How often rooms are asked whether they are idle, in ms. */
const ROOMS_TICK_MS = 1_000;
/** How often a storage that is down is asked whether it is up again, in ms. */
const PROBE_MS = 5_000;
/** Open requests get this long to end, in ms; then their sockets are closed. */
const GRACE_MS = 2_000;

/** Who draws the pages: Next in production and development, nobody in most tests. */
export interface Pages {
  /** They run scripts by `eval`: being developed. */
  needsEval: boolean;
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

/** What a server runs on; whoever opened it closes it. */
export interface Ground {
  storage: Storage;
  /** Null: no other node serves this storage. */
  bus: Bus | null;
  log: Log;
}

/** Everything but the pages: one port, one storage, all rooms. Rejects with the system's error if the port is taken. */
export async function startServer(config: Config, { storage: engine, bus, log }: Ground): Promise<RunningServer> {
  const { limits } = config;
  const clock = systemClock;
  const counters = createCounters();
  const { storage, meter } = measureStorage(engine, counters.now);
  const observer = observeRooms(counters);
  const histories = new Histories({ storage, limits });
  const rooms = new Rooms({
    storage,
    clock,
    log,
    limits,
    roomCreation: config.roomCreation,
    observer,
    beat: new Beat(clock, limits),
    together: togetherOn(storage),
    dropped: (id) => histories.forget(id),
    ...(bus && { cluster: { bus } }),
  });
  const desk = new OwnerDesk({ storage, rooms, clock, limits });
  const budgets = new AddressBudgets(clock, limits);
  const bodies = new BodyReader(clock, limits);
  let pages: Pages | null = null;
  let stopping = false;
  const busUp = (): boolean => bus?.up ?? true;
  const node = config.nodeName;
  const keeper = new Keeper(config.adminToken, clock);
  const feed = createStatusFeed(clock, bus);
  const sources = { counters, storage: meter, busUp, version: VERSION, node };
  const registry = createRegistry({
    ...sources,
    sockets: () => gateway.sockets,
    rooms: () => rooms.size,
    addresses: () => budgets.size,
  });

  const doze = new Doze({ now: counters.now, soon: setImmediate, sleep: sleepThread });
  const server = createServer((request, response) => {
    doze.wake();
    guardAnswer(request, response, config);
    const requestId = requestIdOf(request, config.trustProxy);
    response.setHeader('x-request-id', requestId);
    const deps = {
      rooms,
      histories,
      storage,
      log,
      documentUnits: limits.advertised.document,
      bodies,
      clock,
      desk,
      caller: callerOf(request, budgets, config),
      rateLimited: () => {
        counters.rateLimited++;
      },
      allowedOrigins: config.allowedOrigins,
      requireOrigin: config.requireOrigin,
      trustProxy: config.trustProxy,
      basePath: config.basePath,
      ready: () => !stopping && pages !== null,
      requestId,
      keeper,
      limits,
      metrics: { registry, token: config.metricsToken },
    };
    if (handleApi(request, response, deps)) return countAnswer(response, counters);
    if (!pages) {
      // A page that outlived a restart may ask for a script: under another type its browser would speak of an attack.
      const isScript = /\.js(\?|$)/.test(request.url ?? '');
      const type = isScript ? 'text/javascript' : 'text/plain';
      response.writeHead(503, { 'retry-after': '1', 'content-type': type });
      response.end(isScript ? '' : 'Tandem is starting.\n');
      return;
    }
    if (!leadToPages(request, response, config.basePath)) return;
    guardPage(request, response, config, pages.needsEval);
    giveGuestCookie(request, response, visitedBase(request, config));
    const { handle } = pages;
    forVisitor(request, () => handle(request, response)).catch((error: unknown) => {
      log.error({ request: requestId, err: error }, 'page failed');
      response.destroy();
    });
  });
  // A net under the bodies' own deadline, for heads that trickle.
  server.requestTimeout = limits.bodyTimeoutMs;
  const session = { rooms, clock, log, limits, counters };
  const gateway = openGateway(server, {
    endpoints: [
      tandemEndpoint(session, limits),
      yjsEndpoint(session, limits),
      statusEndpoint({ feed, keeper, clock, counters, node, limits }),
    ],
    counters,
    log,
    callerOf: (request) => callerOf(request, budgets, config),
    intake: intakeOf(limits.longestBeatMs, counters, doze, storage.appendNow !== undefined && bus === null),
    wanted: () => doze.wake(),
    clock,
    limits,
    allowedOrigins: config.allowedOrigins,
    requireOrigin: config.requireOrigin,
    trustProxy: config.trustProxy,
    basePath: config.basePath,
    otherUpgrade: (request, socket, head) => pages?.upgrade(request, socket, head) ?? false,
  });
  const stopReporting = reportCounters(
    counters,
    () => ({ sockets: gateway.sockets, rooms: rooms.size, addresses: budgets.size }),
    clock,
    log,
  );
  const loop = watchEventLoop();
  const stopSamples = publishSamples(
    {
      ...sources,
      connections: () => gateway.sockets,
      rooms,
      loop: loop.read,
      memory: () => process.memoryUsage.rss(),
      isDraining: () => stopping,
    },
    feed,
    clock,
  );
  const stopProbing = every(clock, PROBE_MS, () => {
    // While it is down, and nobody writes, nothing else would find out that it is up again.
    if (!meter.up) storage.probe().catch(() => log.debug('the storage is still down'));
  });
  const stopWatching = (): void => {
    stopSamples();
    loop.stop();
    feed.close();
  };
  const stopRoomTicks = every(clock, ROOMS_TICK_MS, () => rooms.tick());
  const stopPolling = bus ? pollHeads({ rooms, storage, bus, clock, log }) : () => undefined;
  const stopTicking = (): void => {
    stopPolling();
    stopReporting();
    stopProbing();
    stopRoomTicks();
  };
  try {
    await listen(server, config);
  } catch (error) {
    stopTicking();
    stopWatching();
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
      await drain({ gateway, rooms, clock });
      // Until then watchers see that this node is draining.
      stopWatching();
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

/** For storages that can write at once: all that the intake has handed on in one go. */
function togetherOn({ appendNow }: Storage): Together | null {
  return appendNow ? new Together(appendNow, queueMicrotask) : null;
}

/** `isAlone`: an edit waits for nobody else's answer, neither a database's nor another node's, that a sleep would make late. */
function intakeOf(longestMs: number, { now }: Counters, doze: Doze, isAlone: boolean): Intake {
  const schedule = beatOfTraffic({
    busy: watchBusyness(() => doze.slept),
    longestMs,
    now,
    after: systemClock.after,
    soon: setImmediate,
  });
  return new Intake({ schedule, now, ...(isAlone && { hasTime: (until: number) => doze.until(until) }) });
}

import './compile-soon.ts';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { networkInterfaces } from 'node:os';
import next from 'next';
import { systemClock } from './clock.ts';
import { openBus } from './cluster/open-bus.ts';
import { readConfig, type Config } from './config.ts';
import { StaticFiles } from './http/static-files.ts';
import { createLog } from './log.ts';
import { stopOnSignals } from './signals.ts';
import { startServer, type Pages } from './start.ts';
import { describePlace, openStorage } from './storage/open-storage.ts';

/**
 * Starts and stops the process. The only reader of `process.env`, and the only place where the pages' framework and
 * the server meet.
 */
const development = process.env['NODE_ENV'] === 'development';
/** A signal has come: whatever of the start fails now, fails because of that. */
let stopping = false;

try {
  await run();
} catch (error) {
  if (!stopping) {
    process.stderr.write(`${sentenceOf(error)}\n`);
    process.exit(1);
  }
}

async function run(): Promise<void> {
  const config = readConfig(process.env);
  if (!development) checkBuiltFor(config.basePath);
  const log = createLog(config.logLevel, undefined, config.nodeName);
  // Before anything is opened: a start may take long, and has to end cleanly too.
  const closes: (() => Promise<void>)[] = [];
  stopOnSignals(process, systemClock, log, async () => {
    stopping = true;
    for (const close of closes.reverse()) await close();
  });
  const storage = await openStorage(config, {
    // Rooms would wait for ever. Whoever supervises us starts us again, and clients come back by themselves.
    onDead: (reason) => {
      log.fatal({ reason }, 'the storage is gone');
      process.exit(1);
    },
  });
  closes.push(() => storage.close());
  const bus = await openBus(config, systemClock, log);
  // After the rooms have said that they are gone.
  if (bus) closes.push(() => bus.close());
  const server = await startServer(config, { storage, bus, log }).catch(async (error: unknown) => {
    await bus?.close();
    await storage.close();
    throw error;
  });
  closes.push(() => server.stop());
  // The pages read rooms over the server's own REST, so that pages and rooms stay separable.
  process.env['TANDEM_REST'] = `http://${loopbackOf(config.host)}:${server.port}${config.basePath}`;
  // And pass on who signed in, since the pages ask in their own name.
  if (config.trustedUser) {
    process.env['TANDEM_USER_HEADER'] = config.trustedUser.user;
    process.env['TANDEM_NAME_HEADER'] = config.trustedUser.name ?? '';
  }
  const pages = await openPages(config, server.port);
  if (stopping) return;
  server.servePages(pages);
  log.info({ port: server.port }, 'ready');
  announce(config, server.port);
}

/** Every address in the pages begins with the base path that they were built for. Throws if it is another one. */
function checkBuiltFor(basePath: string): void {
  const manifest = JSON.parse(readFileSync('.next/routes-manifest.json', 'utf8')) as { basePath?: string };
  const built = manifest.basePath ?? '';
  if (built === basePath) return;
  const wanted = `BASE_PATH is ${JSON.stringify(basePath)}, and the pages were built for ${JSON.stringify(built)}.`;
  throw new Error(`${wanted} Build them again with the same BASE_PATH: npm start does so by itself.`);
}

/** Next without its own listeners: it would close every upgrade whose path looks like a page, ours among them. */
async function openPages(config: Config, port: number): Promise<Pages> {
  const decoy = new EventEmitter();
  const app = next({
    dev: development,
    hostname: config.host,
    port,
    httpServer: decoy as unknown as Server,
    quiet: !development,
  });
  await app.prepare();
  const draw = app.getRequestHandler();
  const files = development ? null : new StaticFiles('.next/static', `${config.basePath}/_next/static/`);
  return {
    needsEval: development,
    async handle(request, response) {
      // The framework knows nothing of what deploy/compress.mjs left beside its files.
      if (!(await files?.answer(request, response))) await draw(request, response);
    },
    upgrade(request, socket, head) {
      if (!development || !request.url?.startsWith(`${config.basePath}/_next/`)) return false;
      return decoy.emit('upgrade', request, socket, head);
    },
  };
}

function announce(config: Config, port: number): void {
  const path = config.basePath === '' ? '' : `${config.basePath}/`;
  const lines = [`Tandem is at http://localhost:${port}${path}`];
  if (config.host === '0.0.0.0' || config.host === '::') {
    for (const address of networkAddresses()) lines.push(`On your network: http://${address}:${port}${path}`);
  }
  lines.push(`Rooms are kept in ${describePlace(config)}`);
  process.stdout.write(`${lines.join('\n')}\n`);
}

function networkAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter((one) => one.family === 'IPv4' && !one.internal)
    .map((one) => one.address);
}

/** Where this process reaches itself. */
function loopbackOf(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

/** What a person can do about a start that failed. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : undefined;
  const { PORT = '3000', HOST = '0.0.0.0' } = process.env;
  if (code === 'EADDRINUSE') {
    return `Port ${PORT} is in use by another program. Stop that one, or choose another port: PORT=3001 npm start`;
  }
  if (code === 'EACCES')
    return `This user may not listen on port ${PORT}. Ports above 1023 are free for everybody: PORT=3000 npm start`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `This machine has no address ${HOST}. HOST=0.0.0.0 listens on all of them.`;
  return error.message;
}

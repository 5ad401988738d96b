import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.ts';
import { type Exit, type RunningProcess, root, spawnNode, type Wrapper } from './processes.ts';

/** A server of ours, started from the production bundle, with a data folder of its own. */
export interface TestServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  /** Of the newest start. */
  readonly pid: number;
  /** What it logged, over all of its starts. */
  output(): string;
  /** Ends the process and keeps the data. SIGKILL gives it no chance to tidy up. */
  kill(signal: NodeJS.Signals): Promise<Exit>;
  /** Starts it again on the same port and data, and waits until it serves. */
  restart(): Promise<void>;
  /** Ends the process (politely) and removes the data. */
  stop(): Promise<Exit>;
}

export interface ServerOptions {
  /** Added to the environment, over our own choices. */
  env?: Record<string, string>;
  /** What the process is started through, such as a shell that limits it. */
  wrapper?: Wrapper;
}

/** Starts a server on a free port of the loopback and waits until it serves. */
export async function startServer({ env = {}, wrapper }: ServerOptions = {}): Promise<TestServer> {
  const port = await freePort();
  const dataDir = temporaryFolder();
  const url = `http://127.0.0.1:${port}`;
  const earlier: string[] = [];
  const spawnIt = (): RunningProcess => spawnServer({ port, dataDir, env, ...(wrapper && { wrapper }) });
  let current = spawnIt();
  await healthy(url, current);
  return {
    url,
    port,
    dataDir,
    get pid() {
      return current.pid;
    },
    output: () => [...earlier, current.output()].join(''),
    kill: (signal) => current.kill(signal),
    async restart() {
      await current.kill('SIGKILL');
      earlier.push(current.output());
      current = spawnIt();
      await healthy(url, current);
    },
    async stop() {
      const exit = await current.kill('SIGTERM');
      rmSync(dataDir, { recursive: true, force: true });
      return exit;
    },
  };
}

/** Starts the server's process without waiting for anything: for tests of the start itself. */
export function spawnServer({
  port,
  dataDir,
  env,
  wrapper,
}: ServerOptions & { port: number; dataDir: string }): RunningProcess {
  const settings = { NEXT_TELEMETRY_DISABLED: '1', HOST: '127.0.0.1', PORT: String(port), DATA_DIR: dataDir, ...env };
  return spawnNode([join(root, 'dist', 'server.mjs')], settings, wrapper);
}

/** An empty folder that nobody else has. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'tandem-test-'));
}

/** A start takes 3 s; on a machine that three clusters and two suites share it was seen to take 30. */
const START_MS = 90_000;

/** Below the ports that systems give to whoever connects somewhere, and above those with a name. */
const FIRST_PORT = 10_240;
/** Linux gives out 32768 and those above it. */
const PORTS = 22_000;
/** How many ports of its own a test process has before it comes to those of its neighbour. */
const PORTS_EACH = 50;
let portsGiven = 0;

/**
 * A port that is free, and that no other process of a test is about to take: ids of processes that run at the same time are
 * close to each other, so each has ports of its own. Rejects if none of them is free.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < PORTS; tries++) {
    const port = FIRST_PORT + ((process.pid * PORTS_EACH + portsGiven++) % PORTS);
    if (await isFree(port)) return port;
  }
  throw new Error('No port is free.');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.on('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/**
 * Waits until the server serves rooms and pages, which is when it tells people its address; rejects at once, with what
 * it said, if it ends instead.
 */
export async function healthy(url: string, server: RunningProcess): Promise<void> {
  let exit: Exit | null = null;
  void server.exited.then((how) => (exit = how));
  const outcome = await eventually(
    'the server to say where it is, and /healthz',
    async () => (exit ? 'ended' : server.output().includes('Tandem is at') && (await fetch(`${url}/healthz`)).ok),
    START_MS,
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${server.output()}`, { cause: error });
  });
  if (outcome === 'ended') throw new Error(`The server ended instead of serving:\n${server.output()}`);
}

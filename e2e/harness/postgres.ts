import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { eventually } from './eventually.ts';
import { mortal } from './programs.ts';
import { freePort, temporaryFolder } from './server.ts';

/** Where Debian puts the programs of each version. */
const VERSIONS = '/usr/lib/postgresql';
/** A killed server's children may hold its memory for a moment, and then it does not start. */
const START_MS = 30_000;

/** A database server of one test file, with a folder that goes with it. Its superuser `postgres` needs no password. */
export interface PostgresServer {
  readonly port: number;
  /** The address of a database in it. */
  url(database?: string): string;
  /** Makes an empty database and gives its address. */
  createDatabase(name: string): Promise<string>;
  /** Runs SQL as the superuser. */
  query<Row>(sql: string, database?: string): Promise<Row[]>;
  /** Starts it again after `kill` or `shutDown`, on the same port and data. */
  start(): Promise<void>;
  /** Ends it at once, with a start that has to recover. */
  kill(): Promise<void>;
  /** Ends it politely, and the connections with it. */
  shutDown(): Promise<void>;
  /** It and its children stand still: connections stay open, and nobody answers. */
  pause(): void;
  resume(): void;
  /** Ends it and removes everything. */
  stop(): Promise<void>;
}

interface User {
  uid: number;
  gid: number;
}

/** Servers that a failing test would leave behind; they go with the test runner. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Starts one on a free port of the loopback. Installs Debian's package if there is none; throws a sentence if it cannot.
 * `onDeath` hears of an end that nobody here has asked for.
 */
export async function startPostgres({ onDeath }: { onDeath?: () => void } = {}): Promise<PostgresServer> {
  const programs = findPrograms();
  const user = ownerOfServer();
  const folder = temporaryFolder();
  // The database's user has to come by.
  chmodSync(folder, 0o755);
  const home = join(folder, 'home');
  const data = join(home, 'data');
  mkdirSync(home, { mode: 0o700 });
  if (user) chownSync(home, user.uid, user.gid);
  const as = {
    ...user,
    cwd: home,
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', NODE_ENV: 'production' as const },
  };
  const initialise = ['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync', '-E', 'UTF8', '--locale=C'];
  execFileSync(join(programs, 'initdb'), initialise, { ...as, stdio: 'pipe' });
  const port = await freePort();
  let current: ChildProcess | null = null;
  let asked = false;
  let output = '';

  const url = (database = 'postgres'): string => `postgres://postgres@127.0.0.1:${port}/${database}`;

  async function query<Row>(sql: string, database?: string): Promise<Row[]> {
    const client = new Client({ connectionString: url(database) });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(sql)).rows as Row[];
    } finally {
      await client.end();
    }
  }

  async function start(): Promise<void> {
    await eventually('Postgres to start', tryToStart, START_MS);
  }

  async function tryToStart(): Promise<boolean> {
    if (!current) {
      const args = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', home];
      const [first = '', ...rest] = [...mortal(), join(programs, 'postgres'), ...args];
      const child = spawn(first, rest, { ...as, stdio: ['ignore', 'pipe', 'pipe'] });
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => (output += String(chunk)));
      running.add(child);
      asked = false;
      child.on('exit', () => {
        running.delete(child);
        if (!asked) onDeath?.();
        if (current === child) current = null;
      });
      current = child;
    }
    await query('select 1').catch((error: unknown) => {
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n${output.slice(-2_000)}`);
    });
    return true;
  }

  /** SIGINT is Postgres' fast shutdown. */
  async function end(signal: 'SIGINT' | 'SIGKILL'): Promise<void> {
    const child = current;
    if (!child) return;
    asked = true;
    const children = childrenOf(child.pid);
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    if (signal === 'SIGKILL') for (const pid of children) sendTo(pid, signal);
    await exited;
  }

  function signalAll(signal: 'SIGSTOP' | 'SIGCONT'): void {
    const pid = current?.pid;
    if (pid === undefined) return;
    for (const one of [pid, ...childrenOf(pid)]) sendTo(one, signal);
  }

  await start();
  return {
    port,
    url,
    query,
    start,
    async createDatabase(name) {
      await query(`create database "${name}"`);
      return url(name);
    },
    kill: () => end('SIGKILL'),
    shutDown: () => end('SIGINT'),
    pause: () => signalAll('SIGSTOP'),
    resume: () => signalAll('SIGCONT'),
    async stop() {
      signalAll('SIGCONT');
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function findPrograms(): string {
  const known = newestVersion();
  if (known !== null) return known;
  try {
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'postgresql'], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: 'pipe',
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `These tests need Postgres below ${VERSIONS}, and it could not be installed (${reason}). Install postgresql.`,
      { cause: error },
    );
  }
  const installed = newestVersion();
  if (installed === null) throw new Error(`Postgres was installed, but not below ${VERSIONS}.`);
  return installed;
}

function newestVersion(): string | null {
  if (!existsSync(VERSIONS)) return null;
  const versions = readdirSync(VERSIONS).toSorted((a, b) => Number(b) - Number(a));
  return (
    versions.map((version) => join(VERSIONS, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb'))) ?? null
  );
}

/** Postgres refuses to run as root, and its package has made a user for it. Null: as whoever we are. */
function ownerOfServer(): User | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

function childrenOf(parent: number | undefined): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === parent)
    .map(Number);
}

/** The fourth field of /proc/<pid>/stat, after a name that may have anything in it: proc(5). */
function parentOf(pid: string): number | null {
  try {
    const stat = readFileSync(join('/proc', pid, 'stat'), 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    // It ended meanwhile.
    return null;
  }
}

function sendTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

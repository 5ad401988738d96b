import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type Exit, spawnProgram } from '../harness/processes.ts';
import { findProgram, mortal } from '../harness/programs.ts';
import { freePort, temporaryFolder } from '../harness/server.ts';
import { type Service, startService } from './service.ts';

type OnDeath = (name: string, exit: Exit) => void;

/** Where Debian and its kin keep Postgres, one folder for each version. */
const DEBIAN_POSTGRES = '/usr/lib/postgresql';

/** A Redis of its own that keeps nothing on disk, on a free port of the loopback. */
export async function startRedis(onDeath: OnDeath): Promise<Service> {
  const port = await freePort();
  const folder = temporaryFolder();
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
  return startService({
    name: 'Redis',
    port,
    command: [...mortal(), findProgram('redis-server', 'redis-server'), ...settings],
    ready: () => says(port, 'PING\r\n', '+PONG'),
    stopSignal: 'SIGTERM',
    remove: () => rmSync(folder, { recursive: true, force: true }),
    onDeath,
  });
}

export interface Postgres extends Service {
  /** For DATABASE_URL. */
  readonly url: string;
  /** The rows of a statement, each column as text without tabs or line ends in it. */
  query(sql: string): Promise<string[][]>;
}

/** A Postgres of its own with an empty database, on a free port of the loopback. */
export async function startPostgres(onDeath: OnDeath): Promise<Postgres> {
  const port = await freePort();
  const folder = temporaryFolder();
  // It refuses root, and its own user has to come through to its data.
  chmodSync(folder, 0o711);
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  const as = process.getuid?.() === 0 ? await postgresUser(data) : [];
  const wishes = ['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync', '-E', 'UTF8', '--locale=C'];
  const made = spawnProgram([...as, postgresProgram('initdb'), ...wishes]);
  if ((await made.exited).code !== 0) throw new Error(`initdb failed:\n${made.output()}`);
  const settings = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', data, '-c', 'max_connections=200'];
  // setpriv takes both wishes at once, so the command has it one time only.
  const through = as.length > 0 ? [...as.slice(0, 1), ...mortal().slice(1), ...as.slice(1)] : mortal();
  const service = await startService({
    name: 'Postgres',
    port,
    command: [...through, postgresProgram('postgres'), ...settings],
    ready: async () => {
      const check = spawnProgram([postgresProgram('pg_isready'), '-q', '-h', '127.0.0.1', '-p', String(port)]);
      return (await check.exited).code === 0;
    },
    stopSignal: 'SIGINT',
    remove: () => rmSync(folder, { recursive: true, force: true }),
    onDeath,
  });
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  return {
    ...service,
    url,
    async query(sql) {
      const asked = spawnProgram([postgresProgram('psql'), '-X', '-At', '-F', '\t', '-c', sql, url]);
      const { code } = await asked.exited;
      if (code !== 0) throw new Error(`psql failed:\n${asked.output()}`);
      return asked
        .output()
        .split('\n')
        .filter(Boolean)
        .map((line) => line.split('\t'));
    },
  };
}

/** Gives the folder to Postgres' own user; the command that becomes that user. */
async function postgresUser(folder: string): Promise<readonly string[]> {
  const id = async (flag: string): Promise<number> => {
    const asked = spawnProgram(['id', flag, 'postgres']);
    if ((await asked.exited).code !== 0)
      throw new Error('This machine has no user postgres, and Postgres refuses root.');
    return Number(asked.output());
  };
  chownSync(folder, await id('-u'), await id('-g'));
  return [findProgram('setpriv', 'util-linux'), '--reuid=postgres', '--regid=postgres', '--init-groups'];
}

/** Debian keeps Postgres' programs out of every PATH; the newest version there is taken. */
function postgresProgram(name: string): string {
  const versions = existsSync(DEBIAN_POSTGRES) ? readdirSync(DEBIAN_POSTGRES) : [];
  const newest = versions.toSorted((a, b) => Number(b) - Number(a)).find((version) => existsSync(at(version)));
  return newest === undefined ? findProgram(name, 'postgresql') : at(newest);

  function at(version: string): string {
    return join(DEBIAN_POSTGRES, version, 'bin', name);
  }
}

/** Does whoever listens at this port answer this with that? */
function says(port: number, question: string, answer: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(question));
    socket.on('data', (bytes) => {
      socket.destroy();
      resolve(bytes.toString('latin1').startsWith(answer));
    });
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
  });
}

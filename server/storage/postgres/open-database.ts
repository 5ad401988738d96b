import { Client } from 'pg';
import { openPool, SCHEMA, type ConnectionOptions, type Connections, type Statement } from './connections.ts';
import { DatabaseError } from './database-error.ts';
import { describeDatabase, isDatabaseUrl } from './database-url.ts';
import { reasonOf, stateOf } from './failures.ts';
import { migrate } from './migrate.ts';

/** Between two tries to reach a server that is not there yet, in ms. */
const RETRY_MS = 250;
/** How long one try, and one statement of the start, may take, in ms. A step over a large table may take its time. */
const CONNECT_MS = 5_000;
const STEP_MS = 600_000;

/** Makes the first connection, so that others see that the database is used. */
const FIRST: Statement = { name: 'first', text: 'select 1' };

export interface OpenOptions extends ConnectionOptions {
  /** How long a server that cannot be reached is waited for, in ms. */
  startMs: number;
}

/**
 * Waits for the database server, looks whether it keeps what it is told, and brings the schema up to date. Throws
 * `DatabaseError` when that cannot be.
 */
export async function openDatabase(url: string, options: OpenOptions): Promise<Connections> {
  if (!isDatabaseUrl(url)) {
    throw new DatabaseError('address', 'DATABASE_URL must be like postgres://user:password@host:5432/name.');
  }
  const client = await reach(url, options.startMs);
  try {
    await checkServer(client);
    await migrate(client);
  } catch (error) {
    throw cannotUse(url, error);
  } finally {
    await client.end();
  }
  const connections = openPool(url, options);
  try {
    await connections.all(FIRST);
  } catch (error) {
    await connections.close();
    throw cannotUse(url, error);
  }
  return connections;
}

async function reach(url: string, startMs: number): Promise<Client> {
  const until = performance.now() + startMs;
  for (;;) {
    const client = new Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: STEP_MS,
      application_name: 'tandem start',
    });
    // Whatever waits for an answer is told.
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (!mayPass(error) || performance.now() + RETRY_MS > until) throw cannotReach(url, error);
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/** A server that is not there yet, is starting or stopping, or is full. Anything else stays as it is. */
function mayPass(error: unknown): boolean {
  const state = stateOf(error);
  return state === undefined || /^(57P|53|08)/.test(state);
}

function cannotReach(url: string, error: unknown): DatabaseError {
  const database = describeDatabase(url);
  const reason = reasonOf(error);
  const state = stateOf(error) ?? '';
  if (state.startsWith('28')) {
    return new DatabaseError(
      'login',
      `The database server does not let us in at ${database} (${reason}). Check user and password in DATABASE_URL.`,
    );
  }
  if (state === '3D000') {
    return new DatabaseError(
      'missing',
      `There is no such database: ${database}. Make it (createdb), or set DATABASE_URL to another one.`,
    );
  }
  return new DatabaseError(
    'unreachable',
    `The database at ${database} cannot be reached (${reason}). Start it, or check host and port in DATABASE_URL.`,
  );
}

interface Settings {
  encoding: string;
  fsync: string;
  standby: boolean;
  durable: string;
}

async function checkServer(client: Client): Promise<void> {
  const { rows } = await client.query(
    `select set_config('synchronous_commit', 'on', false) as durable, current_setting('server_encoding') as encoding,
       current_setting('fsync') as fsync, pg_is_in_recovery() as standby`,
  );
  const { encoding, fsync, standby, durable } = rows[0] as Settings;
  if (standby) {
    throw new DatabaseError('unsuited', 'The database server is a standby, which cannot write. Use the primary one.');
  }
  if (encoding !== 'UTF8') {
    throw new DatabaseError(
      'unsuited',
      `The database's encoding is ${encoding}, which has not every letter. Make one with: createdb -E UTF8 -T template0`,
    );
  }
  if (fsync !== 'on' || durable !== 'on') {
    throw new DatabaseError(
      'unsafe',
      `The database server does not write to its disk before it answers (fsync is ${fsync}, synchronous_commit ` +
        `${durable}), so edits could be lost. Turn both on.`,
    );
  }
}

function cannotUse(url: string, error: unknown): unknown {
  if (error instanceof DatabaseError) return error;
  const database = describeDatabase(url);
  if (stateOf(error) === '42501') {
    return new DatabaseError(
      'rights',
      `The user may not make tables at ${database} (${reasonOf(error)}). ` +
        `Give it a schema of its own: create schema ${SCHEMA} authorization <user>`,
    );
  }
  return new DatabaseError('unreachable', `The database at ${database} cannot be used: ${reasonOf(error)}`);
}

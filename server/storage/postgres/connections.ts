import { Pool, types, type ClientBase, type PoolClient } from 'pg';
import { leavesUsable } from './failures.ts';

/** One statement, which each connection compiles once and keeps under its name. */
export interface Statement {
  name: string;
  text: string;
}

type Scalar = string | number | boolean | Uint8Array | null;
/** What a statement takes: an array becomes one of Postgres'. */
export type Value = Scalar | readonly Scalar[];

/** A connection while somebody uses it. Which type the rows have is the statement's matter. */
export interface Session {
  all<Row>(statement: Statement, ...values: readonly Value[]): Promise<Row[]>;
  first<Row>(statement: Statement, ...values: readonly Value[]): Promise<Row | undefined>;
}

/**
 * `changing` sees what others have committed before each of its statements; `picture` sees one moment, and only reads.
 * `patient` is like `changing`, for statements that go through whole logs.
 */
export type TransactionKind = 'changing' | 'picture' | 'patient';

export interface Connections extends Session {
  /** Runs `work` in one transaction, which is rolled back if it rejects. */
  transaction<T>(kind: TransactionKind, work: (session: Session) => Promise<T>): Promise<T>;
  /** Waits for what is running, and lets go of everything. */
  close(): Promise<void>;
}

export interface ConnectionOptions {
  /** Connections at the same time. */
  connections: number;
  /** How long a statement may take, and how long one may wait for a connection, in ms. */
  statementMs: number;
}

/** A log of a million entries is gone through in some seconds, on a disk that is busy. */
const PATIENT_MS = 120_000;
/** Beyond the server's own limit, so that an answer that is on its way comes in. */
const ANSWER_MS = 1_000;

const BEGIN: Record<TransactionKind, string> = {
  changing: 'begin isolation level read committed',
  picture: 'begin isolation level repeatable read, read only',
  patient: `begin isolation level read committed; set local statement_timeout to ${PATIENT_MS}`,
};

/** bigint: revisions and times, all of them below 2^53. */
const BIGINT = 20;
/** A connection that nobody has used for this long is closed, in ms. */
const IDLE_MS = 30_000;
/** A server that does not answer any more must not keep us from ending, in ms. */
const FAREWELL_MS = 2_000;

/** Connections that are made when they are needed, and again when they were lost; one stays for good. */
export function openPool(url: string, { connections, statementMs }: ConnectionOptions): Connections {
  /** The pool waits for it, though its types do not say so. */
  function prepare(client: ClientBase): unknown {
    return prepareSession(client, statementMs);
  }

  const pool = new Pool({
    connectionString: url,
    max: connections,
    // So that it is seen that somebody uses the database.
    min: 1,
    idleTimeoutMillis: IDLE_MS,
    connectionTimeoutMillis: statementMs,
    query_timeout: statementMs + ANSWER_MS,
    keepAlive: true,
    application_name: APPLICATION,
    types: {
      getTypeParser: (oid, format) => (oid === BIGINT ? Number : types.getTypeParser(oid, format)) as never,
    },
    onConnect: prepare,
  });
  // A connection that breaks while nobody uses it is replaced when somebody does.
  pool.on('error', () => undefined);

  async function use<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    let usable = true;
    try {
      return await work(client);
    } catch (error) {
      usable = leavesUsable(error);
      throw error;
    } finally {
      client.release(!usable);
    }
  }

  return {
    ...sessionOf((statement, values) => use((client) => client.query({ ...statement, values }))),
    transaction: (kind, work) =>
      use(async (client) => {
        await client.query(BEGIN[kind]);
        const limit = kind === 'patient' ? { query_timeout: PATIENT_MS + ANSWER_MS } : {};
        try {
          const result = await work(sessionOf((statement, values) => client.query({ ...statement, ...limit, values })));
          await client.query('commit');
          return result;
        } catch (error) {
          // A connection that is given up takes its transaction with it.
          if (leavesUsable(error)) await client.query('rollback');
          throw error;
        }
      }),
    close: async () => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, FAREWELL_MS)));
      await Promise.race([pool.end(), late]);
      clearTimeout(timer);
    },
  };
}

/** By this name the database's tools, and `isInUse`, know our connections. */
export const APPLICATION = 'tandem';

/** Makes a connection ours. Durability is the session's (P2): only what is stronger than `on` is left as it is. */
async function prepareSession(client: ClientBase, statementMs: number): Promise<void> {
  // While it is in use, the statement that fails tells of it.
  client.on('error', () => undefined);
  await client.query(
    `select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') <> 'remote_apply';
     set search_path to ${SCHEMA}, pg_catalog;
     set statement_timeout to ${statementMs};
     set lock_timeout to ${statementMs};
     set idle_in_transaction_session_timeout to ${statementMs};
     set client_min_messages to warning`,
  );
}

/** The Postgres schema in which our tables lie, so that they are in nobody's way. */
export const SCHEMA = 'tandem';

type Run = (statement: Statement, values: Value[]) => Promise<{ rows: unknown[] }>;

function sessionOf(run: Run): Session {
  async function all<Row>(statement: Statement, ...values: readonly Value[]): Promise<Row[]> {
    return (await run(statement, [...values])).rows as Row[];
  }
  return {
    all,
    first: async <Row>(statement: Statement, ...values: readonly Value[]) => (await all<Row>(statement, ...values))[0],
  };
}

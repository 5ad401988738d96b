import Database from 'libsql';

/** What a statement takes. Booleans and objects have no place in the tables. */
export type Value = string | number | Uint8Array | null;

/** The one door to the SQLite library. Everything is synchronous; failures are `SqliteFailure`. */
export interface Driver {
  /** Runs statements that take and give nothing. */
  exec(sql: string): void;
  /** Runs one statement and returns the number of rows it changed. The compiled statement is kept. */
  run(sql: string, ...values: Value[]): number;
  /** All rows. Which type they have is the statement's matter, so both stand side by side at the caller's. */
  all<Row>(sql: string, ...values: Value[]): Row[];
  /** The first row, or undefined. */
  first<Row>(sql: string, ...values: Value[]): Row | undefined;
  readonly inTransaction: boolean;
  close(): void;
}

/** An error of SQLite: `code` is its name, such as `SQLITE_FULL`. */
export class SqliteFailure extends Error {
  override readonly name = 'SqliteFailure';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Opens `file`, and makes it if it is missing. `busyTimeoutMs`: how long a statement waits for another process's lock.
 *
 * What this hides of libsql: a text is read only up to its first U+0000 (so texts that may hold one are stored as
 * bytes); bytes come back as `ArrayBuffer`; `get` adds a field of its own to the row (so it is not used); an error
 * that is no statement's has an empty code and a message in the notation of Rust. What it does not hide: compiled
 * statements live until they are collected as garbage, and so do the file and its locks after `close`; whoever needs
 * more ends the transaction first, or the thread.
 */
export function openDriver(file: string, busyTimeoutMs: number): Driver {
  const database = guard(() => new Database(file, { timeout: busyTimeoutMs }));
  const statements = new Map<string, Database.Statement>();

  function prepared(sql: string): Database.Statement {
    const known = statements.get(sql);
    if (known) return known;
    const made = database.prepare(sql);
    statements.set(sql, made);
    return made;
  }

  function all<Row>(sql: string, ...values: Value[]): Row[] {
    // The rows' type is promised by the caller, who wrote the statement.
    return guard(() => prepared(sql).all(...values) as Row[]);
  }

  return {
    exec: (sql) => guard(() => void database.exec(sql)),
    run: (sql, ...values) => guard(() => prepared(sql).run(...values).changes),
    all,
    first: <Row>(sql: string, ...values: Value[]) => all<Row>(sql, ...values)[0],
    get inTransaction() {
      return database.inTransaction;
    },
    close: () => guard(() => void database.close()),
  };
}

function guard<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Only opening fails without a code.
    const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
    throw new SqliteFailure(code || 'SQLITE_CANTOPEN', error.message);
  }
}

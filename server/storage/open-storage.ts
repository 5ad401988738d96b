import type { Config } from '../config.ts';
import { describeDatabase } from './postgres/database-url.ts';
import { createPostgresStorage } from './postgres/postgres.ts';
import { createSqliteStorage, type SqliteOptions } from './sqlite/sqlite.ts';
import type { Storage } from './storage.ts';

type Place = Pick<Config, 'dataDir' | 'databaseUrl'>;

/**
 * Opens the engine that the configuration names. Rejects with a sentence for whoever started the server: a
 * `DataFolderError` or a `DatabaseError`. `onDead` is the embedded engine's; a database server that goes away may come back.
 */
export function openStorage(
  { dataDir, databaseUrl }: Place,
  { onDead }: Pick<SqliteOptions, 'onDead'>,
): Promise<Storage> {
  if (databaseUrl !== null) return createPostgresStorage(databaseUrl);
  return createSqliteStorage(dataDir, onDead ? { onDead } : {});
}

/** Where documents are kept, in words that hide the password. */
export function describePlace({ dataDir, databaseUrl }: Place): string {
  return databaseUrl === null ? dataDir : describeDatabase(databaseUrl);
}

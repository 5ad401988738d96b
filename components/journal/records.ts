import { readKept, type KeptRoom } from '../../lib/client/index.ts';
import { BASES, completed, database, RECORDS, resultOf, type Row } from './database.ts';

/** All rows, or those of one room. Rejects if the journal cannot be read. */
export async function rows(token?: string): Promise<Row[]> {
  const store = (await database()).transaction(RECORDS).objectStore(RECORDS);
  const found: unknown[] = await resultOf(token === undefined ? store.getAll() : store.index('token').getAll(token));
  return found.filter(isRow);
}

/** The row's record as it is now, with its text; null if it is gone or cannot be read. Whoever asks must hold it. */
export async function keptRoom(client: string): Promise<KeptRoom | null> {
  const transaction = (await database()).transaction([RECORDS, BASES]);
  const row = resultOf<unknown>(transaction.objectStore(RECORDS).get(client));
  const base = resultOf<unknown>(transaction.objectStore(BASES).get(client));
  const found = await row;
  return isRow(found) ? readKept(found.record, await base) : null;
}

/** Removes a record and its text. */
export async function removeRecord(client: string): Promise<void> {
  const transaction = (await database()).transaction([RECORDS, BASES], 'readwrite');
  transaction.objectStore(RECORDS).delete(client);
  transaction.objectStore(BASES).delete(client);
  await completed(transaction);
}

function isRow(value: unknown): value is Row {
  if (typeof value !== 'object' || value === null) return false;
  const { client, token, savedAt, pending, units } = value as Record<string, unknown>;
  return (
    typeof client === 'string' &&
    typeof token === 'string' &&
    typeof savedAt === 'number' &&
    typeof pending === 'boolean' &&
    typeof units === 'number'
  );
}

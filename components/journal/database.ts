/** One browser's journal: small records, and apart from them the texts that they stand on, so that lists stay cheap. */
const NAME = 'tandem';
/** Raised when the stores change. What is in a record has a version of its own. */
const VERSION = 1;
export const RECORDS = 'records';
export const BASES = 'bases';
/** A database that does not open by then (blocked by another version, a broken profile) is taken for absent, in ms. */
const OPEN_MS = 2_000;

/** A row of `RECORDS`. */
export interface Row {
  client: string;
  token: string;
  /** Wall clock, ms. */
  savedAt: number;
  /** Has it edits without an acknowledgement? */
  pending: boolean;
  /** Length of the base text in UTF-16 units. */
  units: number;
  /** To be looked at by `readKept`. */
  record: unknown;
}

let opening: Promise<IDBDatabase> | null = null;

/** The database, opened once for the page. Rejects if this browser has none for us; a later call tries again. */
export function database(): Promise<IDBDatabase> {
  opening ??= open().catch((error: unknown) => {
    opening = null;
    throw error;
  });
  return opening;
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    // Private windows and embedded pages: absent, or it throws.
    if (typeof indexedDB === 'undefined') return reject(new Error('This browser has no IndexedDB.'));
    const timer = setTimeout(() => reject(new Error('IndexedDB did not open.')), OPEN_MS);
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(RECORDS, { keyPath: 'client' }).createIndex('token', 'token');
      request.result.createObjectStore(BASES);
    };
    request.onerror = () => {
      clearTimeout(timer);
      reject(request.error ?? new Error('IndexedDB did not open.'));
    };
    request.onsuccess = () => {
      clearTimeout(timer);
      const found = request.result;
      // Another page wants newer stores, or the person clears the browser's data: both must not wait for this page.
      found.onversionchange = () => {
        opening = null;
        found.close();
      };
      found.onclose = () => {
        opening = null;
      };
      resolve(found);
    };
  });
}

/** Forgets a database that turned out to be closed; the next call of `database` opens it again. */
export function forgetDatabase(): void {
  opening = null;
}

/** The result of one request. */
export function resultOf<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB refused a request.'));
  });
}

/** Resolves once the transaction is complete. */
export function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB aborted a transaction.'));
  });
}

import { hasPending, type Journal, type JournalWrite } from '../../lib/client/index.ts';
import type { Hold } from './ask-who.ts';
import { BASES, completed, database, forgetDatabase, RECORDS, type Row } from './database.ts';
import { hasLocks, tryHold } from './hold.ts';

/**
 * The journal of one client in this browser's IndexedDB. `hold` and `units` (length of its base text) are of a record
 * that was found; a new client's is claimed with its first write.
 */
export function browserJournal(found: { hold: Hold; units: number } | null): Journal {
  let hold: Promise<Hold | null> | null = found === null ? null : Promise.resolve(found.hold);
  let units = found?.units ?? 0;
  let client: string | null = null;
  /** Set once both are there, so that a page that is being left can write without waiting. */
  let ready: IDBDatabase | null = null;
  /** Writes in order, as long as they have to wait for the database. */
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;
  let underWay = 0;

  async function prepare(id: string): Promise<IDBDatabase> {
    hold ??= tryHold(id);
    const [opened, mine] = await Promise.all([database(), hold]);
    if (mine === null) throw new Error('Another page has the record of this client.');
    ready = opened;
    return opened;
  }

  /** Throws if the database was closed meanwhile. */
  function put(to: IDBDatabase, { record, base, urgent }: JournalWrite): Promise<void> {
    // 'strict' waits for the disk itself, which matters for a power loss only, and costs what an edit must not wait for.
    const transaction = to.transaction([RECORDS, BASES], 'readwrite', { durability: urgent ? 'relaxed' : 'strict' });
    if (base !== null) {
      units = base.length;
      transaction.objectStore(BASES).put(base, record.client);
    }
    const { client: id, token } = record;
    const row: Row = { client: id, token, savedAt: Date.now(), pending: hasPending(record), units, record };
    transaction.objectStore(RECORDS).put(row);
    // Without locks another page may have removed what it took for a dead page's; the record is of no use without its text.
    if (base === null && !hasLocks()) abortUnlessKept(transaction, id);
    // Otherwise the browser waits a turn for more requests, which a page that ends does not have.
    else transaction.commit();
    return completed(transaction);
  }

  async function perform(write: JournalWrite): Promise<void> {
    if (ready !== null) return put(ready, write);
    const before = last;
    const mine = before.then(() => prepare(write.record.client)).then((opened) => put(opened, write));
    last = mine.catch(() => undefined);
    return mine;
  }

  function releaseIfDone(): void {
    if (closed && underWay === 0) void hold?.then((mine) => mine?.release());
  }

  return {
    write(write, done) {
      client = write.record.client;
      underWay += 1;
      perform(write)
        .then(
          () => true,
          () => {
            // Refused, full, or closed under us; whichever it was, the next try opens it afresh.
            ready = null;
            forgetDatabase();
            return false;
          },
        )
        .then((kept) => {
          underWay -= 1;
          releaseIfDone();
          done(kept);
        })
        .catch((error: unknown) => reportError(error));
    },
    remove() {
      const id = client;
      if (id === null) return;
      underWay += 1;
      database()
        .then((opened) => {
          const transaction = opened.transaction([RECORDS, BASES], 'readwrite');
          transaction.objectStore(RECORDS).delete(id);
          transaction.objectStore(BASES).delete(id);
          return completed(transaction);
        })
        // A browser that keeps nothing has nothing to remove.
        .catch(() => undefined)
        .finally(() => {
          underWay -= 1;
          releaseIfDone();
        });
    },
    onLeaving,
    close() {
      closed = true;
      releaseIfDone();
    },
  };
}

function abortUnlessKept(transaction: IDBTransaction, client: string): void {
  const key = transaction.objectStore(BASES).getKey(client);
  key.onsuccess = () => {
    if (key.result === undefined) transaction.abort();
  };
}

function onLeaving(listener: () => void): () => void {
  const hidden = () => {
    if (document.visibilityState === 'hidden') listener();
  };
  window.addEventListener('pagehide', listener);
  document.addEventListener('visibilitychange', hidden);
  document.addEventListener('freeze', listener);
  return () => {
    window.removeEventListener('pagehide', listener);
    document.removeEventListener('visibilitychange', hidden);
    document.removeEventListener('freeze', listener);
  };
}

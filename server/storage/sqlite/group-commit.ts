import { StorageRefused } from '../storage.ts';
import type { Arguments, Call, Method, Methods, Reply, Results } from './calls.ts';
import { SqliteFailure, type Driver } from './driver.ts';
import type { Tail } from './tail.ts';

export interface GroupCommit {
  /** Runs `calls` in order in one transaction, made durable once for all of them. Never throws; one reply for each call. */
  write(calls: readonly Call[]): Reply[];
  /** Runs one reading call in a transaction of its own. Never throws. */
  read(call: Call): Reply;
  /** Moves the tail of the log to its tables. Never throws; what cannot be moved stays in the tail, which is as durable. */
  settle(): void;
  /** Transactions that became durable, and calls that were in them. */
  readonly stats: Readonly<GroupStats>;
}

export interface GroupStats {
  commits: number;
  writes: number;
}

/** Calls that neither read nor change entries, nor authors: the tail can stay where it is. */
const BESIDE_THE_LOG: ReadonlySet<Method> = new Set<Method>([
  'findLink',
  'loadMeta',
  'setRoom',
  'snapshotBefore',
  'bar',
  'findDoor',
  'openDoor',
  'isBarred',
  'chat',
  'erased',
  'probe',
]);

/**
 * Many calls, one fsync: with the disk as the bottleneck this is worth more than any choice of engine. A call that
 * cannot be done leaves its neighbours alone. A transaction that fails as a whole (disk full, an I/O error) fails
 * all its calls, and the next one starts clean.
 */
export function createGroupCommit(driver: Driver, methods: Methods, tail: Tail): GroupCommit {
  const stats: GroupStats = { commits: 0, writes: 0 };
  /** A transaction was lost, and the tail may be ahead of the disk. */
  let isLost = false;

  function write(calls: readonly Call[]): Reply[] {
    try {
      begin('begin immediate');
      const replies = calls.map(attempt);
      // No row may hold what follows on the journal: after a crash the journal's would seem to be there already.
      if (tail.isLong || tail.kept > 0) tail.settle();
      else tail.write();
      commit();
      stats.commits += 1;
      stats.writes += calls.length;
      return replies;
    } catch (error) {
      return calls.map(({ id }) => unavailable(id, error));
    } finally {
      abandon();
    }
  }

  /** One call behind a savepoint. Throws if the whole transaction is lost. */
  function attempt(call: Call): Reply {
    if (call.method === 'append') {
      const reply = appendToTail(call);
      if (reply) return reply;
    }
    if (!BESIDE_THE_LOG.has(call.method)) tail.settle();
    driver.exec('savepoint one');
    try {
      const value = run(methods, call.method, call.args);
      driver.exec('release one');
      return { id: call.id, kind: 'done', value };
    } catch (error) {
      if (!isOwnFault(error)) throw error;
      driver.exec('rollback to one; release one');
      return { id: call.id, kind: 'refused', message: messageOf(error) };
    }
  }

  /** Null for a batch that the tail does not hold. */
  function appendToTail({ id, args }: Call & { method: 'append' }): Reply | null {
    try {
      const value = tail.append(...args);
      return value && { id, kind: 'done', value };
    } catch (error) {
      if (!isOwnFault(error)) throw error;
      return { id, kind: 'refused', message: messageOf(error) };
    }
  }

  function read(call: Call): Reply {
    try {
      // One picture even if another program writes to the file meanwhile.
      const needsTables = (isLost || !tail.isEmpty) && !BESIDE_THE_LOG.has(call.method);
      begin(needsTables ? 'begin immediate' : 'begin');
      if (needsTables) tail.settle();
      const reply: Reply = { id: call.id, kind: 'done', value: run(methods, call.method, call.args) };
      // A full disk can be read all the same: then everything stays in the tail.
      if (needsTables) attemptCommit();
      return reply;
    } catch (error) {
      return isOwnFault(error)
        ? { id: call.id, kind: 'refused', message: messageOf(error) }
        : unavailable(call.id, error);
    } finally {
      abandon();
    }
  }

  function settle(): void {
    if (tail.isEmpty && !isLost) return;
    try {
      begin('begin immediate');
      tail.settle();
      attemptCommit();
    } catch (error) {
      if (!(error instanceof SqliteFailure)) throw error;
    } finally {
      abandon();
    }
  }

  /** Throws if the tail cannot be read. */
  function refresh(): void {
    if (!isLost) return;
    tail.reload();
    isLost = false;
  }

  function begin(sql: string): void {
    // Only after a rollback that failed. If this one does too, the call is told, and the next tries again.
    if (driver.inTransaction) driver.exec('rollback');
    refresh();
    driver.exec(sql);
    isLost = sql !== 'begin';
  }

  function commit(): void {
    driver.exec('commit');
    isLost = false;
    tail.committed();
  }

  function attemptCommit(): void {
    try {
      commit();
    } catch (error) {
      if (!(error instanceof SqliteFailure)) throw error;
    }
  }

  /** Ends a transaction that is still open. */
  function abandon(): void {
    try {
      if (driver.inTransaction) driver.exec('rollback');
    } catch (error) {
      // The replies are made already; `begin` tries again and reports it.
      if (!(error instanceof SqliteFailure)) throw error;
    }
  }

  return { write, read, settle, stats };
}

function run<K extends Method>(methods: Methods, method: K, args: Arguments[K]): Results[K] {
  return methods[method](...args);
}

/** Is it the call that is wrong, and not the disk? After these SQLite keeps the transaction. */
function isOwnFault(error: unknown): boolean {
  if (error instanceof SqliteFailure) return /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE)|_3091$/.test(error.code);
  return error instanceof StorageRefused || error instanceof TypeError || error instanceof RangeError;
}

function unavailable(id: number, error: unknown): Reply {
  return { id, kind: 'unavailable', message: messageOf(error) };
}

function messageOf(error: unknown): string {
  if (error instanceof SqliteFailure) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}

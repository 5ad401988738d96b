import { Worker } from 'node:worker_threads';
import { DEFAULT_SERVER_LIMITS } from '../../limits.ts';
import { label } from '../label.ts';
import { StorageRefused, StorageUnavailable, type Batch, type Storage, type StoredAuthor } from '../storage.ts';
import type { Arguments, Call, Method, Reply, Results } from './calls.ts';
import { DataFolderError } from './data-folder-error.ts';
import type { GroupStats } from './group-commit.ts';
import { CAN_JOURNAL, createJournal, removeJournal, type Journal } from './journal.ts';
import { createKnownAuthors } from './known-authors.ts';
import { createKnownDoors, doorOf } from './known-doors.ts';
import { createKnownLogs } from './known-logs.ts';
import type { Held } from './packed-batch.ts';
import { REST_MS } from './room-rest.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './worker-messages.ts';

/**
 * Where the thread's code is. In the bundle (dist/server.mjs) it is one more bundle beside it; in the source tree a
 * small file that registers the TypeScript loader first.
 */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.dev.mjs' : './storage-worker.mjs', import.meta.url);

/** In a room that goes on being written to each try leaves less behind. */
const CLEAN_TRIES = 10;

/**
 * What is in the journal is put into its tables after this long, in ms, or when it has so many batches: many edits of a room at a
 * time, so that it costs next to nothing, and few enough to be read at the next start in no time. The packer hears of edits only then, and must
 * not take a room that is written in to be at rest.
 */
const MOVE_MS = 0.8 * REST_MS;
const MOVE_BATCHES = 4_096;

/** A backup or somebody's shell may hold the file for a moment; longer than this is said to be unavailable. */
const BUSY_TIMEOUT_MS = 5_000;

export interface SqliteOptions {
  /** How long a commit waits for another program that has locked the file, in ms. */
  busyTimeoutMs?: number;
  /** Calls that may wait at the same time; more are rejected with `StorageUnavailable`. */
  waiting?: number;
  /** The thread has ended by itself: nothing can be read or written until this process is started anew. */
  onDead?: (reason: string) => void;
}

export interface SqliteStorage extends Storage {
  /** Counted since the start, as of the newest reply: how well writes are grouped. For metrics and tests. */
  stats(): GroupStats;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(reason: Error): void;
}

/**
 * The embedded engine: one SQLite file, `tandem.db` in `folder`, with all its work in one thread. Rejects with
 * `DataFolderError` if the folder cannot be used: by another server at the same time, or at all.
 */
export async function createSqliteStorage(folder: string, options: SqliteOptions = {}): Promise<SqliteStorage> {
  const workerData: WorkerOptions = { folder, busyTimeoutMs: options.busyTimeoutMs ?? BUSY_TIMEOUT_MS };
  const most = options.waiting ?? DEFAULT_SERVER_LIMITS.storageWaiting;
  const worker = new Worker(WORKER, { workerData, name: 'storage' });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let stats: GroupStats = { commits: 0, writes: 0 };
  /** Why no call can be taken; null while it can. */
  let ended: string | null = null;
  let closing: Promise<void> | null = null;
  /** Appends of this turn of the event loop. A message to the thread wakes it, which costs more than what it carries. */
  let calls: Call[] = [];
  /** Null until everything of an earlier one is in its tables. */
  let journal: Journal | null = null;
  let isRecovered = false;
  const logs = createKnownLogs();
  const people = createKnownAuthors();
  const doors = createKnownDoors();
  /** Set while the journal has something. */
  let moving: NodeJS.Timeout | null = null;
  /** Who waits for the thread's word on the journal: whether it was moved. */
  const asking: ((isMoved: boolean) => void)[] = [];

  let ready = false;
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      const byItself = ready && closing === null;
      end('The storage thread has ended.');
      resolve();
      if (byItself) options.onDead?.(ended ?? 'The storage thread has ended.');
    });
  });

  await new Promise<void>((resolve, reject) => {
    worker.on('error', (error) => {
      end(`The storage thread failed: ${error.message}`);
      reject(error);
    });
    void exited.then(() => reject(new StorageUnavailable('The storage thread ended before it was ready.')));
    worker.on('message', (message: FromWorker) => {
      switch (message.kind) {
        case 'ready':
          ready = true;
          return resolve();
        case 'failed':
          return reject(
            message.fault ? new DataFolderError(message.fault, message.message) : new Error(message.message),
          );
        case 'replies':
          stats = message.stats;
          return message.replies.forEach(settle);
        case 'moved':
          return moved(message.total);
        case 'stuck':
          journal?.stuck();
          return asking.splice(0).forEach((tell) => tell(false));
        case 'closed':
          return end('The store is closed.');
      }
    });
  });

  function moved(total: number): void {
    isRecovered = true;
    // A folder that takes no file is used without a journal.
    if (CAN_JOURNAL && journal === null && ended === null) journal = openJournal();
    journal?.moved(total);
    for (const tell of asking.splice(0)) tell(true);
  }

  function openJournal(): Journal | null {
    try {
      return createJournal(folder, () => performance.now());
    } catch (error) {
      if (error instanceof Error && 'code' in error) return null;
      throw error;
    }
  }

  /** See `Storage.appendNow`. */
  function appendNow(batches: readonly { room: string; batch: Batch }[]): readonly boolean[] {
    if (journal === null || ended !== null) return batches.map(() => false);
    const held: (Held | null)[] = batches.map(({ room, batch }) => logs.judge(room, batch));
    const fitting = held.filter((one) => one !== null);
    if (fitting.length === 0 || !journal.write(fitting)) return batches.map(() => false);
    for (const one of fitting) logs.appended(one);
    moveLater(journal);
    return held.map((one) => one !== null);
  }

  function moveLater({ fresh }: Journal): void {
    if (fresh >= MOVE_BATCHES) moveJournal();
    else moving ??= setTimeout(moveJournal, MOVE_MS);
  }

  function moveJournal(): void {
    if (moving !== null) clearTimeout(moving);
    moving = null;
    if (journal === null || journal.isEmpty) return;
    sendCalls();
    send({ kind: 'calls', calls: [], journal: journal.take() });
    journal.turnOver();
    // What comes meanwhile, and what the disk does not take now, has its turn later.
    moving = setTimeout(moveJournal, MOVE_MS);
  }

  /** Resolves when what was written before is nowhere but in the tables: whoever erases it there has erased it. */
  async function cleanJournal(): Promise<void> {
    for (let tries = 0; tries < CLEAN_TRIES && journal !== null && !journal.isEmpty && ended === null; tries++) {
      const isMoved = new Promise<boolean>((resolve) => asking.push(resolve));
      moveJournal();
      if (!(await isMoved)) return;
    }
  }

  function end(reason: string): void {
    ended ??= reason;
    const left = [...waiting.values()];
    waiting.clear();
    for (const { reject } of left) reject(new StorageUnavailable(reason));
    for (const tell of asking.splice(0)) tell(false);
  }

  function settle(reply: Reply): void {
    const asker = waiting.get(reply.id);
    waiting.delete(reply.id);
    switch (reply.kind) {
      case 'done':
        return asker?.resolve(reply.value);
      case 'refused':
        return asker?.reject(new StorageRefused(reply.message));
      case 'unavailable':
        return asker?.reject(new StorageUnavailable(reply.message));
    }
  }

  function call<K extends Method>(method: K, ...args: Arguments[K]): Promise<Results[K]> {
    return new Promise<Results[K]>((resolve, reject) => {
      if (ended !== null) return reject(new StorageUnavailable(ended));
      if (waiting.size >= most)
        return reject(new StorageUnavailable(`${most} requests are waiting for the disk already.`));
      const id = ++lastId;
      // `method` and `args` belong together by K, which TypeScript cannot say of a union.
      calls.push({ id, method, args } as unknown as Call);
      if (method !== 'append') sendCalls();
      else if (calls.length === 1) setImmediate(sendCalls);
      // The thread answers a call with its own method's result.
      waiting.set(id, { resolve: (value) => resolve(value as Results[K]), reject });
    });
  }

  /** Sends what waits, and before it what of the journal it may have to know. */
  function sendCalls(): void {
    if (calls.length > 0) send({ kind: 'calls', calls, journal: journal?.take() ?? [] });
    calls = [];
  }

  function append(room: string, batch: Batch): Promise<Results['append']> {
    const copy = copyOf(batch);
    const answer = call('append', room, copy);
    logs.asked(room);
    return answer.then(
      (result) => {
        logs.answered(room, copy, result.ok);
        return result;
      },
      (error: unknown) => {
        logs.answered(room, copy, false);
        throw error;
      },
    );
  }

  async function createRoom(...args: Arguments['createRoom']): Promise<Results['createRoom']> {
    const [{ id, authors }] = args;
    const result = await call('createRoom', ...args);
    if (result === 'created') people.created(id, authors);
    return result;
  }

  async function openAuthor(...args: Arguments['openAuthor']): Promise<Results['openAuthor']> {
    const [room] = args;
    const opened = openNewcomer(...args) ?? (await openByThread(...args));
    logs.met(room, opened.author, opened.last?.seq ?? 0);
    return opened;
  }

  /** Somebody who is certainly new gets a number by the journal, which nobody waits for. */
  function openNewcomer(...[room, given]: Arguments['openAuthor']): StoredAuthor | null {
    if (journal === null || ended !== null) return null;
    const author = people.numberFor(room, given.client);
    if (author === null) return null;
    const made = { ...given, name: label(given.name), person: label(given.person), author };
    if (!journal.write([{ room, entries: [], settled: new Map(), authors: [made] }])) return null;
    people.numbered(room, given.client, author);
    moveLater(journal);
    return { ...made, last: null };
  }

  async function openByThread(...args: Arguments['openAuthor']): Promise<StoredAuthor> {
    const [room] = args;
    people.asked(room);
    try {
      const opened = await call('openAuthor', ...args);
      people.answered(room, opened);
      meet(room);
      return opened;
    } catch (error) {
      people.answered(room, null);
      throw error;
    }
  }

  /** Asks who has a number in a room, for those who come next. Without an answer they are numbered by the thread. */
  function meet(room: string): void {
    const learn = people.question(room);
    if (learn) call('clients', room).then(learn, () => learn(null));
  }

  async function findDoor(...[token, guests]: Arguments['findDoor']): Promise<Results['findDoor']> {
    const known = ended === null ? doors.find(token, guests) : undefined;
    if (known) return known;
    const learn = doors.question();
    const door = await call('openDoor', token);
    if (door === 'many') return call('findDoor', token, guests);
    if (door === null) return null;
    learn(token, door);
    return doorOf(door, guests);
  }

  /** What changes the links of a room, or who is kept out of it. */
  function changingDoors<K extends 'changeLink' | 'rotateLink' | 'bar'>(
    method: K,
    ...args: Arguments[K]
  ): Promise<Results[K]> {
    return call(method, ...args).finally(doors.changing(args[0]));
  }

  /** What takes words out of the log: they must not be left in the journal. */
  function erasing<K extends 'redact' | 'deleteRoom'>(method: K, ...args: Arguments[K]): Promise<Results[K]> {
    const [room] = args;
    logs.forget(room);
    // Until it is done nobody is numbered here, and afterwards it has to be learned anew who was.
    people.asked(room);
    const changed = doors.changing(room);
    const ask = (): Promise<Results[K]> => call(method, ...args);
    const done = journal === null || journal.isEmpty ? ask() : cleanJournal().then(ask);
    return done.finally(() => {
      changed();
      people.answered(room, null);
      logs.forget(room);
    });
  }

  function send(message: ToWorker): void {
    worker.postMessage(message);
  }

  return {
    createRoom,
    findLink: (token) => call('findLink', token),
    links: (room) => call('links', room),
    makeLink: (room, link) => call('makeLink', room, link),
    changeLink: (room, number, change) => changingDoors('changeLink', room, number, change),
    rotateLink: (room, number, token, at) => changingDoors('rotateLink', room, number, token, at),
    heads: (rooms) => call('heads', rooms),
    listRooms: (page) => call('listRooms', page),
    loadMeta: (room) => call('loadMeta', room),
    loadRoom: (room) => call('loadRoom', room),
    entries: (room, from, to, limit) => call('entries', room, from, to, limit),
    marks: (room, from, to, limit) => call('marks', room, from, to, limit),
    snapshotBefore: (room, rev) => call('snapshotBefore', room, rev),
    append,
    appendNow,
    snapshotRevs: (room) => call('snapshotRevs', room),
    saveSnapshot: (room, snapshot, redactions) => call('saveSnapshot', room, snapshot, redactions),
    loadLineage: (room) => call('loadLineage', room),
    saveLineage: (room, { rev, state }) => call('saveLineage', room, { rev, state: alone(state) }),
    openAuthor,
    authors: (room) => call('authors', room),
    renameAuthor: (room, author, name, color) => call('renameAuthor', room, author, name, color),
    setRoom: (room, meta) => call('setRoom', room, meta),
    bar: (room, guest, at) => changingDoors('bar', room, guest, at),
    findDoor,
    isBarred: (room, guests) => call('isBarred', room, guests),
    shutOut: (room) => call('shutOut', room),
    noteHeads: (room) => call('noteHeads', room),
    addChat: (room, message, keep, redactions) => call('addChat', room, message, keep, redactions),
    chat: (room, page) => call('chat', room, page),
    threads: (room) => call('threads', room),
    thread: (room, id) => call('thread', room, id),
    changeThread: (room, id, act, redactions) => call('changeThread', room, id, act, redactions),
    saveAnchors: (room, anchors, redactions) => call('saveAnchors', room, anchors, redactions),
    versions: (room) => call('versions', room),
    addVersion: (room, version) => call('addVersion', room, version),
    renameVersion: (room, rev, name) => call('renameVersion', room, rev, name),
    deleteVersion: (room, rev) => call('deleteVersion', room, rev),
    redact: (room, redaction) => erasing('redact', room, redaction),
    deleteRoom: (room) => erasing('deleteRoom', room),
    erased: () => call('erased'),
    probe: () => call('probe'),
    stats: () => stats,
    close: () => {
      closing ??= shutDown();
      return closing;
    },
  };

  async function shutDown(): Promise<void> {
    const asked = ended === null;
    // What was asked before is still answered.
    ended ??= 'The store is closed.';
    if (moving !== null) clearTimeout(moving);
    sendCalls();
    if (asked) send({ kind: 'calls', calls: [], journal: journal?.take() ?? [] });
    if (asked) send({ kind: 'close' });
    await exited;
    if (journal !== null) journal.close();
    else if (isRecovered) removeJournal(folder);
    journal = null;
  }
}

/** What the caller changes before it is sent must not be in it. */
function copyOf({ entries, settled, lineage }: Batch): Batch {
  return {
    entries: entries.map(({ op, yjs, ...entry }) => ({
      ...entry,
      op: [...op],
      ...(yjs && { yjs: new Uint8Array(yjs) }),
    })),
    settled: [...settled],
    ...(lineage && { lineage }),
  };
}

/** A message to the thread copies the whole buffer that bytes lie in: for a view of a socket's, much else with them. */
function alone(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}

import { DEFAULT_SERVER_LIMITS } from '../../limits.ts';
import { StorageUnavailable, type Storage } from '../storage.ts';
import { append } from './append.ts';
import { createAuthorMethods } from './authors.ts';
import type { Statement } from './connections.ts';
import { copyBatch, readEntries, readMarks } from './entries.ts';
import { toStorageError } from './failures.ts';
import { Lanes } from './lanes.ts';
import { createLinkMethods } from './links.ts';
import { createNoteMethods } from './notes.ts';
import { openDatabase } from './open-database.ts';
import { redactRoom } from './redactions.ts';
import { createRoomMethods } from './rooms.ts';
import { createSnapshotMethods } from './snapshots.ts';
import { createVersionMethods } from './versions.ts';

/** Enough to keep a database of a few cores busy; more nodes share what the server allows (100 by default). */
const CONNECTIONS = 10;
/** Longer than any statement of ours takes on a server that is well, and what a room waits before it tries again. */
const STATEMENT_MS = 8_000;
/** A database that starts together with us is there by then. */
const START_MS = 15_000;

export interface PostgresOptions {
  /** Connections at the same time. */
  connections?: number;
  /** How long a statement may take, and wait for a connection, in ms. */
  statementMs?: number;
  /** How long a server that cannot be reached is waited for at the start, in ms. */
  startMs?: number;
  /** Calls that may wait at the same time; more are rejected with `StorageUnavailable`. */
  waiting?: number;
}

const PROBE: Statement = {
  name: 'probe',
  text: 'insert into probe (id, at) values (1, $1) on conflict (id) do update set at = excluded.at',
};

/**
 * The engine for several servers at once: a Postgres database, at an address such as `postgres://user:password@host/name`.
 * Other processes may change everything at any time. Rejects with `DatabaseError` if the database cannot be used.
 *
 * What this process writes to one room it writes in the order of asking, one after the other; between processes the
 * rooms' rows decide. A lost connection is made anew when it is needed.
 */
export async function createPostgresStorage(url: string, options: PostgresOptions = {}): Promise<Storage> {
  const connections = await openDatabase(url, {
    connections: options.connections ?? CONNECTIONS,
    statementMs: options.statementMs ?? STATEMENT_MS,
    startMs: options.startMs ?? START_MS,
  });
  const most = options.waiting ?? DEFAULT_SERVER_LIMITS.storageWaiting;
  const lanes = new Lanes();
  const inFlight = new Set<Promise<unknown>>();
  let closing: Promise<void> | null = null;

  async function read<T>(run: () => Promise<T>): Promise<T> {
    if (closing !== null) throw new StorageUnavailable('The store is closed.');
    if (inFlight.size >= most) throw new StorageUnavailable(`${most} requests are waiting for the database already.`);
    const running = run();
    inFlight.add(running);
    try {
      return await running;
    } catch (error) {
      throw toStorageError(error);
    } finally {
      inFlight.delete(running);
    }
  }

  function write<T>(room: string, run: () => Promise<T>): Promise<T> {
    return read(() => lanes.run(room, run));
  }

  const rooms = createRoomMethods(connections);
  const links = createLinkMethods(connections);
  const authors = createAuthorMethods(connections);
  const snapshots = createSnapshotMethods(connections);
  const notes = createNoteMethods(connections);
  const versions = createVersionMethods(connections);

  return {
    createRoom: (given) => {
      const room = structuredClone(given);
      return write(room.id, () => rooms.createRoom(room));
    },
    findLink: (token) => read(() => links.findLink(token)),
    links: (room) => read(() => links.links(room)),
    makeLink: (room, given) => {
      const link = { ...given };
      return write(room, () => links.makeLink(room, link));
    },
    changeLink: (room, number, given) => {
      const change = { ...given };
      return write(room, () => links.changeLink(room, number, change));
    },
    rotateLink: (room, number, token, at) => write(room, () => links.rotateLink(room, number, token, at)),
    heads: (ids) => read(() => rooms.heads(ids)),
    listRooms: (page) => read(() => rooms.listRooms(page)),
    loadMeta: (room) => read(() => rooms.loadMeta(room)),
    loadRoom: (room) => read(() => rooms.loadRoom(room)),
    entries: (room, from, to, limit) => read(() => readEntries(connections, room, from, to, Math.max(limit, 0))),
    marks: (room, from, to, limit) => read(() => readMarks(connections, room, from, to, Math.max(limit, 0))),
    snapshotBefore: (room, rev) => read(() => snapshots.snapshotBefore(room, rev)),
    append: (room, given) => {
      const batch = copyBatch(given);
      return write(room, () => append(connections, room, batch));
    },
    snapshotRevs: (room) => read(() => snapshots.snapshotRevs(room)),
    saveSnapshot: (room, { rev, text }, redactions) =>
      write(room, () => snapshots.saveSnapshot(room, { rev, text }, redactions)),
    loadLineage: (room) => read(() => snapshots.loadLineage(room)),
    saveLineage: (room, { rev, state: given }) => {
      const state = new Uint8Array(given);
      return write(room, () => snapshots.saveLineage(room, { rev, state }));
    },
    openAuthor: (room, given) => {
      const author = { ...given };
      return write(room, () => authors.openAuthor(room, author));
    },
    authors: (room) => read(() => authors.authors(room)),
    renameAuthor: (room, author, name, color) => write(room, () => authors.renameAuthor(room, author, name, color)),
    setRoom: (room, given) => {
      const change = structuredClone(given);
      return write(room, () => rooms.setRoom(room, change));
    },
    bar: (room, guest, at) => write(room, () => rooms.bar(room, guest, at)),
    findDoor: (token, guests) =>
      read(async () => {
        const link = await links.findLink(token);
        return link && { link, isBarred: await rooms.isBarred(link.room, guests) };
      }),
    isBarred: (room, guests) => read(() => rooms.isBarred(room, guests)),
    shutOut: (room) => read(() => rooms.shutOut(room)),
    noteHeads: (room) => read(() => notes.noteHeads(room)),
    addChat: (room, given, keep, redactions) => {
      const message = structuredClone(given);
      return write(room, () => notes.addChat(room, message, keep, redactions));
    },
    chat: (room, page) => read(() => notes.chat(room, page)),
    threads: (room) => read(() => notes.threads(room)),
    thread: (room, id) => read(() => notes.thread(room, id)),
    changeThread: (room, id, given, redactions) => {
      const act = structuredClone(given);
      return write(room, () => notes.changeThread(room, id, act, redactions));
    },
    saveAnchors: (room, given, redactions) => {
      const anchors = structuredClone(given);
      return write(room, () => notes.saveAnchors(room, anchors, redactions));
    },
    versions: (room) => read(() => versions.versions(room)),
    addVersion: (room, given) => {
      const version = { ...given };
      return write(room, () => versions.addVersion(room, version));
    },
    renameVersion: (room, rev, name) => write(room, () => versions.renameVersion(room, rev, name)),
    deleteVersion: (room, rev) => write(room, () => versions.deleteVersion(room, rev)),
    redact: (room, given) => {
      const redaction = structuredClone(given);
      return write(room, () => redactRoom(connections, room, redaction));
    },
    deleteRoom: (room) => write(room, () => rooms.deleteRoom(room)),
    erased: () => read(() => Promise.resolve()),
    probe: async () => void (await read(() => connections.all(PROBE, Date.now()))),
    close: () => {
      closing ??= Promise.allSettled(inFlight).then(() => connections.close());
      return closing;
    },
  };
}

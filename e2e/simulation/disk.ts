import type { SeededRandom } from '../../lib/testing/index.ts';
import { StorageUnavailable, type Batch, type Entry, type Storage } from '../../server/storage/storage.ts';
import { DiskState, type DiskWitness } from './disk-state.ts';

/** What a disk needs of the history it is in. */
export interface DiskWorld {
  after(ms: number, run: () => void): unknown;
  /** Promises are about to be settled. */
  stir(): void;
  random: SeededRandom;
  /** How long one group of requests takes, in ms. */
  groupMs(): number;
  /** Something happened that a run has to show. */
  count(
    event:
      | 'lostInCrash'
      | 'keptInCrash'
      | 'failedWrites'
      | 'secretWrites'
      | 'logReads'
      | 'loads'
      | 'failedLoads'
      | 'lineageLoads'
      | 'failedLineageLoads'
      | 'failedLineageSaves',
  ): void;
}

interface Request {
  what: string;
  writes: boolean;
  run(): unknown;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** How the disk behaves at present. */
export type Health =
  | { kind: 'well' }
  /** Nothing can be written: a full disk. */
  | { kind: 'full' }
  /** Reads and writes fail `oneIn` times; a failed write may have been done all the same. */
  | { kind: 'failing'; oneIn: number };

/** Requests in one group at most, so that a group can end between two appends. */
const GROUP = 8;

/**
 * A storage engine for simulations. Requests queue up; a group of them is *on its way* for a while (written, not yet
 * fsynced), then durable all at once, and only then answered. A crash loses what queued, and of what is on its way
 * everything behind some point; whatever is kept was never answered.
 */
export class SimulatedDisk {
  readonly state: DiskState;
  health: Health = { kind: 'well' };
  readonly #world: DiskWorld;

  constructor(world: DiskWorld, witness?: DiskWitness) {
    this.#world = world;
    this.state = new DiskState(witness);
  }

  /** A process opens the disk. `kill` is its end without warning: none of its promises is ever settled again. */
  open(): { storage: Storage; kill(): void; readonly idle: boolean } {
    const world = this.#world;
    const waiting: Request[] = [];
    let onItsWay: Request[] = [];
    let life: 'open' | 'closed' | 'killed' = 'open';
    let closing: (() => void)[] = [];

    const begin = (): void => {
      onItsWay = waiting.splice(0, 1 + world.random.int(GROUP));
      world.after(world.groupMs(), end);
    };
    const end = (): void => {
      if (life === 'killed') return;
      const done = onItsWay;
      onItsWay = [];
      world.stir();
      for (const request of done) this.#carryOut(request);
      if (waiting.length > 0) return begin();
      for (const resolve of closing) resolve();
      closing = [];
    };
    const ask = <T>(what: string, writes: boolean, run: () => T): Promise<T> => {
      if (life === 'closed') return Promise.reject(new StorageUnavailable('The store is closed.'));
      return new Promise<T>((resolve, reject) => {
        waiting.push({ what, writes, run, resolve: (value) => resolve(value as T), reject });
        if (onItsWay.length === 0 && waiting.length === 1) begin();
      });
    };

    const isIdle = (): boolean => life === 'open' && onItsWay.length + waiting.length === 0;
    return {
      storage: {
        ...this.#storage(ask, () => {
          life = 'closed';
          if (onItsWay.length + waiting.length === 0) return Promise.resolve();
          return new Promise((resolve) => closing.push(resolve));
        }),
        appendNow: (batches) => batches.map(({ room, batch }) => isIdle() && this.#appendNow(room, batch)),
      },
      kill: () => {
        life = 'killed';
        const kept = world.random.int(onItsWay.length + 1);
        for (const [index, request] of onItsWay.entries()) {
          if (!request.writes) continue;
          world.count(index < kept ? 'keptInCrash' : 'lostInCrash');
          if (index < kept) attempt(request);
        }
        waiting.length = 0;
        onItsWay = [];
      },
      get idle() {
        return onItsWay.length + waiting.length === 0;
      },
    };
  }

  /** Half of them are not taken, as if the disk were slow. */
  #appendNow(room: string, batch: Batch): boolean {
    if (this.health.kind !== 'well' || this.#world.random.int(2) === 0) return false;
    const given = frozen(batch);
    const result = attempt({ run: () => this.state.append(room, given) });
    return result.ok && (result.value as { ok: boolean }).ok;
  }

  #carryOut(request: Request): void {
    const { health } = this;
    const { random } = this.#world;
    const failing =
      (health.kind === 'full' && request.writes) || (health.kind === 'failing' && random.int(health.oneIn) === 0);
    if (request.what === 'entries') this.#world.count('logReads');
    if (request.what === 'loadRoom') this.#world.count(failing ? 'failedLoads' : 'loads');
    if (request.what === 'loadLineage') this.#world.count(failing ? 'failedLineageLoads' : 'lineageLoads');
    if (failing) {
      if (request.what === 'saveLineage') this.#world.count('failedLineageSaves');
      if (request.writes) {
        const secretly = health.kind === 'failing' && random.int(2) === 0;
        this.#world.count(secretly ? 'secretWrites' : 'failedWrites');
        if (secretly) attempt(request);
      }
      request.reject(new StorageUnavailable(health.kind === 'full' ? 'The disk is full.' : 'The disk failed.'));
      return;
    }
    const result = attempt(request);
    if (result.ok) request.resolve(result.value);
    else request.reject(result.error);
  }

  #storage(ask: <T>(what: string, writes: boolean, run: () => T) => Promise<T>, close: () => Promise<void>): Storage {
    const { state } = this;
    return {
      createRoom: (room) => {
        const given = structuredClone(room);
        return ask('createRoom', true, () => state.createRoom(given));
      },
      findLink: (token) => ask('findLink', false, () => state.findLink(token)),
      links: (room) => ask('links', false, () => state.links(room)),
      makeLink: (room, link) => {
        const given = { ...link };
        return ask('makeLink', true, () => state.makeLink(room, given));
      },
      changeLink: (room, number, change) => {
        const given = { ...change };
        return ask('changeLink', true, () => state.changeLink(room, number, given));
      },
      rotateLink: (room, number, token, at) => ask('rotateLink', true, () => state.rotateLink(room, number, token, at)),
      heads: (rooms) => {
        const given = [...rooms];
        return ask('heads', false, () => state.heads(given));
      },
      listRooms: (page) => ask('listRooms', false, () => state.listRooms(page)),
      loadMeta: (room) => ask('loadMeta', false, () => state.loadMeta(room)),
      loadRoom: (room) => ask('loadRoom', false, () => state.loadRoom(room)),
      entries: (room, from, to, limit) => ask('entries', false, () => state.entries(room, from, to, limit)),
      marks: (room, from, to, limit) => ask('marks', false, () => state.marks(room, from, to, limit)),
      snapshotBefore: (room, rev) => ask('snapshotBefore', false, () => state.snapshotBefore(room, rev)),
      append: (room, batch) => {
        const given = frozen(batch);
        return ask('append', true, () => state.append(room, given));
      },
      snapshotRevs: (room) => ask('snapshotRevs', false, () => state.snapshotRevs(room)),
      saveSnapshot: (room, { rev, text }, redactions) =>
        ask('saveSnapshot', true, () => state.saveSnapshot(room, { rev, text }, redactions)),
      loadLineage: (room) => ask('loadLineage', false, () => state.loadLineage(room)),
      saveLineage: (room, { rev, state: given }) => {
        const bytes = new Uint8Array(given);
        return ask('saveLineage', true, () => state.saveLineage(room, { rev, state: bytes }));
      },
      openAuthor: (room, author) => {
        const given = { ...author };
        return ask('openAuthor', true, () => state.openAuthor(room, given));
      },
      authors: (room) => ask('authors', false, () => state.authors(room)),
      renameAuthor: (room, author, name, color) =>
        ask('renameAuthor', true, () => state.renameAuthor(room, author, name, color)),
      setRoom: (room, meta) => {
        const given = structuredClone(meta);
        return ask('setRoom', true, () => state.setRoom(room, given));
      },
      bar: (room, guest, at) => ask('bar', true, () => state.bar(room, guest, at)),
      findDoor: (token, guests) => {
        const given = [...guests];
        return ask('findDoor', false, () => {
          const link = state.findLink(token);
          return link && { link, isBarred: state.isBarred(link.room, given) };
        });
      },
      isBarred: (room, guests) => {
        const given = [...guests];
        return ask('isBarred', false, () => state.isBarred(room, given));
      },
      shutOut: (room) => ask('shutOut', false, () => state.shutOut(room)),
      noteHeads: (room) => ask('noteHeads', false, () => state.notes(room)?.heads() ?? { chat: 0, threads: 0 }),
      addChat: (room, message, keep, redactions) => {
        const given = structuredClone(message);
        return ask('addChat', true, () => state.notesOf(room).addChat(given, keep, redactions));
      },
      chat: (room, page) => ask('chat', false, () => state.notes(room)?.chat(page) ?? []),
      threads: (room) => ask('threads', false, () => state.notes(room)?.threads() ?? []),
      thread: (room, id) => ask('thread', false, () => state.notes(room)?.thread(id) ?? null),
      changeThread: (room, id, act, redactions) => {
        const given = structuredClone(act);
        return ask('changeThread', true, () => state.notesOf(room).changeThread(id, given, redactions));
      },
      saveAnchors: (room, anchors, redactions) => {
        const given = structuredClone(anchors);
        return ask('saveAnchors', true, () => state.notesOf(room).saveAnchors(given, redactions));
      },
      versions: (room) => ask('versions', false, () => state.notes(room)?.versions() ?? []),
      addVersion: (room, version) => {
        const given = { ...version };
        return ask('addVersion', true, () => state.notesOf(room).addVersion(given));
      },
      renameVersion: (room, rev, name) =>
        ask('renameVersion', true, () => state.notesOf(room).renameVersion(rev, name)),
      deleteVersion: (room, rev) => ask('deleteVersion', true, () => state.notesOf(room).deleteVersion(rev)),
      redact: (room, redaction) => {
        const given = structuredClone(redaction);
        return ask('redact', true, () => state.redact(room, given));
      },
      deleteRoom: (room) => ask('deleteRoom', true, () => state.deleteRoom(room)),
      erased: () => ask('erased', false, () => undefined),
      probe: () => ask('probe', true, () => undefined),
      close,
    };
  }
}

function attempt({ run }: Pick<Request, 'run'>): { ok: true; value: unknown } | { ok: false; error: Error } {
  try {
    return { ok: true, value: run() };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** A copy that whoever gets it cannot change, but for bytes, which nothing can freeze. */
function frozen({ entries, settled, lineage }: Batch): Batch {
  const copy = { entries: entries.map(frozenEntry), settled: settled.map((one) => ({ ...one })) };
  return lineage ? { ...copy, lineage: { ...lineage } } : copy;
}

export function frozenEntry(entry: Entry): Entry {
  const copy = { ...entry, op: Object.freeze([...entry.op]) };
  return Object.freeze(entry.yjs ? { ...copy, yjs: new Uint8Array(entry.yjs) } : copy);
}

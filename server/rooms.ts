import { CloseCode, isNameToken, ProtocolFault, type Role } from '../lib/protocol/index.ts';
import type { ServerLimits } from './limits.ts';
import { randomToken } from './random.ts';
import { Room, type RoomDeps } from './room/room.ts';
import type { NewRoom } from './storage/storage.ts';

/** Rooms without a title or language of their own. */
const DEFAULT_LANGUAGE = 'Markdown';

export type RoomsLimits = Pick<ServerLimits, 'rooms' | 'roomIdleMs'>;

/** A room in use. It stays in memory until `release`, even with nobody in it. */
export interface Lease {
  room: Room;
  role: Role;
  release(): void;
}

export interface CreateLinks {
  owner: string;
  view: string;
}

interface Resident {
  room: Promise<Room>;
  /** Set when loaded. */
  loaded: Room | null;
  leases: number;
  idleSince: number;
}

/** Finds rooms by their links, loads each once, and lets go of those that nobody needs. */
export class Rooms {
  readonly #deps: RoomDeps;
  readonly #limits: RoomsLimits;
  readonly #resident = new Map<string, Resident>();
  /** Rooms that wait for their first edit, by their edit token. Not in the storage, so only found here. */
  readonly #fresh = new Map<string, string>();

  constructor(deps: RoomDeps, limits: RoomsLimits) {
    this.#deps = deps;
    this.#limits = limits;
  }

  get size(): number {
    return this.#resident.size;
  }

  /** All rooms that are loaded now. */
  *loaded(): IterableIterator<Room> {
    for (const { loaded } of this.#resident.values()) if (loaded) yield loaded;
  }

  /**
   * The room behind a link, or null if there is none. With `create`, or for a name that people chose, an unknown token
   * gives a fresh room, which costs nothing until its first edit. `mayMake` is asked before that; if it says no, this
   * rejects with a fault.
   */
  async open(
    token: string,
    create?: CreateLinks | 'never',
    mayMake: () => boolean = () => true,
  ): Promise<Lease | null> {
    const link = await this.#deps.storage.findLink(token);
    if (link) return this.#lease(link.room, link.role, () => this.#load(link.room));
    const waiting = this.#fresh.get(token);
    if (create === 'never') return null;
    if (waiting !== undefined && this.#resident.has(waiting)) return this.#lease(waiting, 'edit', gone);
    if (!create && !isNameToken(token)) return null;
    if (!mayMake()) {
      throw new ProtocolFault('too-fast', CloseCode.TOO_FAST, 'Too many rooms are made from this address.');
    }
    const birth = newRoom(
      { edit: token, ...(create ?? { owner: randomToken(), view: randomToken() }) },
      this.#deps.clock.now(),
    );
    this.#fresh.set(token, birth.id);
    return this.#lease(birth.id, 'edit', () => Promise.resolve(Room.fresh(this.#deps, birth)));
  }

  /** Makes a room at once. `links` are fresh random tokens. */
  async create(meta: {
    title?: string;
    language?: string;
  }): Promise<{ lease: Lease; links: CreateLinks & { edit: string } }> {
    const links = { owner: randomToken(), edit: randomToken(), view: randomToken() };
    const birth = { ...newRoom(links, this.#deps.clock.now()), ...meta };
    const lease = await this.#lease(birth.id, 'owner', () => Promise.resolve(Room.fresh(this.#deps, birth)));
    await lease.room.setMeta({});
    return { lease, links };
  }

  /** Gives every room its chance to do what it does when quiet, and unloads the idle ones. */
  tick(): void {
    const now = this.#deps.clock.now();
    for (const [id, resident] of this.#resident) {
      const room = resident.loaded;
      if (!room) continue;
      if (room.closed) this.#drop(id);
      else if (resident.leases > 0 || !room.quiet) resident.idleSince = now;
      else if (now - resident.idleSince >= this.#limits.roomIdleMs) this.#unload(id, room);
      if (!room.closed) room.tick();
    }
  }

  /** Everything queued becomes durable; then all rooms are gone. */
  async close(): Promise<void> {
    const all = [...this.#resident.values()];
    this.#resident.clear();
    this.#fresh.clear();
    const loads = await Promise.allSettled(all.map((resident) => resident.room));
    // A room that could not be loaded has nothing to flush.
    await Promise.all(loads.flatMap((load) => (load.status === 'fulfilled' ? [load.value.close()] : [])));
  }

  async #lease(id: string, role: Role, load: () => Promise<Room>): Promise<Lease> {
    const resident = this.#resident.get(id) ?? this.#admit(id, load);
    resident.leases++;
    let released = false;
    const release = (): void => {
      if (released) return;
      released = true;
      resident.leases--;
      resident.idleSince = this.#deps.clock.now();
    };
    try {
      const room = await resident.room;
      if (!room.closed) return { room, role, release };
      if (this.#resident.get(id) === resident) this.#drop(id);
      throw new ProtocolFault('internal', CloseCode.INTERNAL, 'The room is being opened again.');
    } catch (error) {
      release();
      throw error;
    }
  }

  /** One load however many ask; a failed one is forgotten, so that the next who asks tries again (P11). */
  #admit(id: string, load: () => Promise<Room>): Resident {
    if (this.#resident.size >= this.#limits.rooms) this.#makeSpace();
    const resident: Resident = { room: load(), loaded: null, leases: 0, idleSince: this.#deps.clock.now() };
    this.#resident.set(id, resident);
    resident.room.then(
      (room) => {
        resident.loaded = room;
      },
      () => {
        if (this.#resident.get(id) === resident) this.#drop(id);
      },
    );
    return resident;
  }

  async #load(id: string): Promise<Room> {
    const stored = await this.#deps.storage.loadRoom(id);
    if (!stored) throw new ProtocolFault('no-such-room', CloseCode.NO_SUCH_ROOM, 'There is no room here.');
    return Room.load(this.#deps, stored);
  }

  #makeSpace(): void {
    for (const [id, { loaded, leases }] of this.#resident) {
      if (loaded && leases === 0 && loaded.quiet) this.#unload(id, loaded);
      if (this.#resident.size < this.#limits.rooms) return;
    }
    throw new ProtocolFault('too-fast', CloseCode.TOO_FAST, 'This server has as many rooms open as it can hold.');
  }

  /** From here on whoever asks loads the room anew; a snapshot that is still being saved harms nobody. */
  #unload(id: string, room: Room): void {
    this.#drop(id);
    room.close().catch((error: unknown) => this.#deps.log.error({ room: id, err: error }, 'unloading a room failed'));
  }

  #drop(id: string): void {
    this.#resident.delete(id);
    for (const [token, room] of this.#fresh) if (room === id) this.#fresh.delete(token);
  }
}

function newRoom(links: CreateLinks & { edit: string }, now: number): NewRoom {
  return {
    id: randomToken(),
    epoch: randomToken(),
    title: '',
    language: DEFAULT_LANGUAGE,
    createdAt: now,
    links: [
      { token: links.edit, role: 'edit' },
      { token: links.owner, role: 'owner' },
      { token: links.view, role: 'view' },
    ],
    authors: [],
  };
}

function gone(): Promise<Room> {
  return Promise.reject(new ProtocolFault('no-such-room', CloseCode.NO_SUCH_ROOM, 'There is no room here.'));
}

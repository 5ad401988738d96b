import { CloseCode, isNameToken, ProtocolFault, type Role } from '../lib/protocol/index.ts';
import type { Bus } from './cluster/bus.ts';
import { encodeRoomMessage, roomChannel } from './cluster/envelope.ts';
import { RoomFeed } from './cluster/room-feed.ts';
import type { ServerLimits } from './limits.ts';
import { Doors, type Knock } from './links/doors.ts';
import type { Holder, Key } from './links/holders.ts';
import type { PasswordLimits, Passwords } from './links/passwords.ts';
import { refusals } from './links/refusals.ts';
import { randomToken } from './random.ts';
import { RoomTaken, roomTaken } from './room/birth.ts';
import { giveBack, RoomLease, type Lease } from './room-lease.ts';
import { Room, type RoomDeps, type RoomLimits } from './room/room.ts';
import { faultOf } from './session-fault.ts';
import { shardOf } from './storage/shard.ts';
import type { Link, NewRoom } from './storage/storage.ts';

export type { Lease } from './room-lease.ts';

/** The numbers of a new room's links, in the order of `newRoom`. */
const EDIT_LINK = 1;
const OWNER_LINK = 2;

/** How often it is looked whether a room is deleted, in ms: its people are to be out within a second. */
const GONE_EVERY_MS = 100;

/** Rooms without a title or language of their own. */
const DEFAULT_LANGUAGE = 'Markdown';

export type RoomsLimits = Pick<ServerLimits, 'rooms' | 'roomIdleMs' | 'neighbours'> & PasswordLimits;

export interface RoomsDeps extends Omit<RoomDeps, 'limits'> {
  limits: RoomLimits & RoomsLimits;
  /** Other nodes serve the same store. Without it this process has it for itself. */
  cluster?: { bus: Bus };
  /** A room has left memory, or is about to be loaded anew. */
  dropped?: (id: string) => void;
  /** Who may make rooms. */
  roomCreation?: 'anyone' | 'signed-in';
}

/** What to do about a token that nobody knows. */
export type Birth =
  /** A program that only looks makes nothing. */
  | 'never'
  /** `mayMake` is asked, and pays, before a room is begun; `create` says the other links of a random token. */
  | { create?: CreateLinks | undefined; mayMake(): boolean };

export interface CreateLinks {
  owner: string;
  view: string;
}

type NumberedKey = Key & Pick<Link, 'number'>;

interface Resident {
  room: Promise<Room>;
  /** Set when loaded. */
  loaded: Room | null;
  /** From then on, if there are other nodes. */
  feed: RoomFeed | null;
  /** The newest look at what others may have changed; it may have failed. */
  checked: Promise<void>;
  leases: number;
  idleSince: number;
}

/** Finds rooms by their links, loads each once, and lets go of those that nobody needs. */
export class Rooms {
  readonly #deps: RoomsDeps;
  readonly #doors: Doors;
  readonly #resident = new Map<string, Resident>();
  /** Rooms that wait for their first edit, by their edit token. Not in the storage, so only found here. */
  readonly #fresh = new Map<string, string>();
  /** Rooms that are being deleted. */
  readonly #leaving = new Set<string>();
  /** Counts changes of links, so that who looked at one before a change looks again. */
  #linkChanges = 0;

  constructor(deps: RoomsDeps) {
    this.#deps = deps;
    this.#doors = new Doors(deps);
  }

  /** How links' passwords are checked and made. */
  get passwords(): Passwords {
    return this.#doors.passwords;
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
   * gives a fresh room, which costs nothing until its first edit. Rejects with a fault if the link does not let this
   * caller in, or no room may be made.
   */
  async open(knock: Knock, birth: Birth): Promise<Lease | null> {
    const seen = this.#linkChanges;
    const door = await this.#doors.find(knock);
    if (!door) return this.#openFresh(knock, birth);
    await this.#doors.check(door, knock);
    const { link } = door;
    if (this.#leaving.has(link.room)) throw beingDeleted();
    return this.#lease(
      link.room,
      link.role,
      link,
      () => this.#load(link.room),
      (room, holder) => this.#hold(room, holder, link, knock, seen),
    );
  }

  /** Makes a room at once. `links` are fresh random tokens. */
  async create(
    meta: { title?: string; language?: string },
    knock: Pick<Knock, 'caller'>,
  ): Promise<{ lease: Lease; links: CreateLinks & { edit: string } }> {
    this.#mustMayCreate(knock);
    const links = { owner: randomToken(), edit: randomToken(), view: randomToken() };
    const birth = { ...newRoom(links, this.#deps.clock.now()), ...meta };
    const lease = await this.#lease(birth.id, 'owner', freshKey(OWNER_LINK, links.owner), () =>
      Promise.resolve(Room.fresh(this.#deps, birth)),
    );
    await lease.room.setMeta({});
    return { lease, links };
  }

  /** A room by its internal id, for whoever keeps the server; null if there is none. */
  async find(id: string): Promise<Lease | null> {
    if (this.#leaving.has(id)) throw beingDeleted();
    if (!this.#resident.has(id) && (await this.#deps.storage.heads([id])).size === 0) return null;
    return this.#lease(id, 'owner', KEEPER, () => this.#load(id));
  }

  /** How many sessions are in a room now; 0 if it is not loaded. */
  people(id: string): number {
    return this.#resident.get(id)?.loaded?.holders.all().length ?? 0;
  }

  /**
   * Has a room loaded anew on every node, as `unload` does on this one. True if it was loaded here, or if others were told:
   * those that have it hear of it within a second.
   */
  async reload(id: string): Promise<boolean> {
    const { cluster } = this.#deps;
    cluster?.bus.publish(roomChannel(id), encodeRoomMessage({ k: 'reload' }));
    return (await this.unload(id, reloading())) || cluster !== undefined;
  }

  /**
   * Ends everybody in a room with `fault` and unloads it, with everything durable; false if it is not loaded. Whoever comes
   * back meanwhile is told to come again.
   */
  async unload(id: string, fault: ProtocolFault): Promise<boolean> {
    const room = this.#resident.get(id)?.loaded;
    if (!room || this.#leaving.has(id)) return false;
    this.#leaving.add(id);
    try {
      room.holders.endAll(fault);
      await room.close();
    } finally {
      this.#leaving.delete(id);
      this.#drop(id);
    }
    return true;
  }

  /** A room's links or guests have changed in the storage; whoever is coming in by an older look at them looks again. */
  linksChanged(room: Room): void {
    this.#linkChanges++;
    this.#resident.get(room.id)?.feed?.linksChanged();
  }

  /** Somebody else may have changed links, guests, title, language or lock, or deleted the room. */
  recheck(room: Room): Promise<void> {
    const resident = this.#resident.get(room.id);
    if (!resident || !room.exists || room.closed) return Promise.resolve();
    this.#linkChanges++;
    // One after the other, so that what was read first is not taken last.
    resident.checked = resident.checked.then(
      () => this.#check(room),
      () => this.#check(room),
    );
    return resident.checked;
  }

  async #check(room: Room): Promise<void> {
    const { storage } = this.#deps;
    if (room.closed) return;
    let { redactions } = room;
    const isThere = await room.described(async () => {
      const meta = await storage.loadMeta(room.id);
      redactions = meta?.redactions ?? redactions;
      return meta;
    });
    if (!isThere) return this.#deletedElsewhere(room);
    // What was taken out of the history is still in this one's memory.
    if (redactions !== room.redactions) return void (await this.unload(room.id, reloading()));
    room.holders.recheck(await storage.links(room.id));
    for (const holder of room.holders.all()) {
      const isGuest = holder.person.role !== 'owner';
      if (isGuest && (await storage.isBarred(room.id, holder.guests))) holder.end(refusals.removed());
    }
    await room.notes.refresh();
  }

  /**
   * Removes a room with everything that is stored of it, and ends everybody in it as soon as that is durable; wiping its
   * bytes off the disk may take longer, and is waited for. Rejects, and leaves the room, if the storage fails.
   */
  async delete(room: Room): Promise<void> {
    const { id } = room;
    this.#leaving.add(id);
    try {
      await room.abandon();
      const deleting = this.#deps.storage.deleteRoom(id);
      await Promise.race([deleting, this.#gone(id)]);
      room.holders.endAll(refusals.deleted());
      this.#resident.get(id)?.feed?.linksChanged();
      await deleting;
    } finally {
      this.#leaving.delete(id);
      this.#linkChanges++;
      this.#drop(id);
    }
  }

  /** Gives every room its chance to do what it does when quiet, and unloads the idle ones. */
  tick(): void {
    const now = this.#deps.clock.now();
    for (const [id, resident] of this.#resident) {
      const room = resident.loaded;
      if (!room) continue;
      if (room.closed) this.#drop(id);
      else if (resident.leases > 0 || !room.quiet) resident.idleSince = now;
      else if (now - resident.idleSince >= this.#deps.limits.roomIdleMs) this.#unload(id, room);
      if (!room.closed) room.tick();
    }
  }

  /** Everything queued becomes durable; then all rooms are gone. */
  async close(): Promise<void> {
    const all = [...this.#resident.values()];
    for (const { feed } of all) feed?.stop();
    this.#resident.clear();
    this.#fresh.clear();
    const loads = await Promise.allSettled(all.map((resident) => resident.room));
    // A room that could not be loaded has nothing to flush.
    await Promise.all(loads.flatMap((load) => (load.status === 'fulfilled' ? [load.value.close()] : [])));
  }

  async #deletedElsewhere(room: Room): Promise<void> {
    room.holders.endAll(refusals.deleted());
    await room.abandon();
    this.#drop(room.id);
  }

  #feed(room: Room): RoomFeed | null {
    const { cluster, clock, limits, log } = this.#deps;
    if (!cluster) return null;
    const failed = (error: unknown): void =>
      log.warn(
        { room: room.id, reason: String(error) },
        'another node’s change could not be read; it is asked for again',
      );
    const recheck = (): void => void this.recheck(room).catch(failed);
    const reload = (): void => void this.unload(room.id, reloading()).catch(failed);
    return new RoomFeed(room, { bus: cluster.bus, clock, limits, recheck, reload });
  }

  /** Resolves when the storage has no such room; never if it fails. */
  async #gone(id: string): Promise<void> {
    const { storage, clock } = this.#deps;
    while (this.#leaving.has(id)) {
      // Whoever waits for the deletion itself hears of a storage that fails.
      const links = await storage.links(id).catch(() => null);
      if (links?.length === 0) return;
      await new Promise<void>((resolve) => clock.after(GONE_EVERY_MS, resolve));
    }
    await new Promise(() => undefined);
  }

  async #openFresh(knock: Knock, birth: Birth): Promise<Lease | null> {
    const { token } = knock;
    if (birth === 'never') return null;
    const waiting = this.#fresh.get(token);
    if (waiting !== undefined && this.#resident.has(waiting))
      return this.#lease(waiting, 'edit', freshKey(EDIT_LINK, token), gone);
    if (!birth.create && !isNameToken(token)) return null;
    this.#mustMayCreate(knock);
    if (!birth.mayMake()) {
      throw new ProtocolFault('too-fast', CloseCode.TOO_FAST, 'Too many rooms are made from this address.');
    }
    const room = newRoom(
      { edit: token, ...(birth.create ?? { owner: randomToken(), view: randomToken() }) },
      this.#deps.clock.now(),
    );
    this.#fresh.set(token, room.id);
    return this.#lease(room.id, 'edit', freshKey(EDIT_LINK, token), () => this.#make(room));
  }

  /**
   * A room that its first edit will create. With other nodes it is created at once: two of them might make it at the same
   * time, and whoever was let into the one that is not kept would be told wrong things of what is settled.
   */
  async #make(birth: NewRoom): Promise<Room> {
    const room = Room.fresh(this.#deps, birth);
    if (!this.#deps.cluster) return room;
    try {
      await room.setMeta({});
      return room;
    } catch (error) {
      if (error instanceof RoomTaken) throw roomTaken();
      throw error;
    }
  }

  #mustMayCreate({ caller }: Pick<Knock, 'caller'>): void {
    if (this.#deps.roomCreation === 'signed-in' && caller.user === null) throw refusals.signInWanted();
  }

  #hold(room: Room, holder: Holder, key: Key, knock: Knock, seen: number): () => void {
    const letGo = room.holders.add(holder, key);
    if (seen !== this.#linkChanges) {
      this.#lookAgain(room, knock).catch((error: unknown) =>
        holder.end(faultOf(error, this.#deps.log, { room: room.id })),
      );
    }
    return letGo;
  }

  async #lookAgain(room: Room, knock: Knock): Promise<void> {
    const door = await this.#doors.find(knock);
    if (door?.link.room !== room.id) throw refusals.noSuchRoom();
    await this.#doors.check(door, knock);
  }

  async #lease(
    id: string,
    role: Role,
    key: NumberedKey,
    load: () => Promise<Room>,
    hold = (room: Room, holder: Holder): (() => void) => room.holders.add(holder, key),
  ): Promise<Lease> {
    const resident = this.#resident.get(id) ?? this.#admit(id, load);
    resident.leases++;
    try {
      const room = await resident.room;
      // What this node has missed of a room may be what the caller knows already.
      if (this.#deps.cluster && !room.closed) await room.freshen();
      if (!room.closed) {
        const { clock } = this.#deps;
        return new RoomLease({ room, role, link: key.number, hold: (holder) => hold(room, holder), resident, clock });
      }
      if (this.#resident.get(id) === resident) this.#drop(id);
      throw new ProtocolFault('internal', CloseCode.INTERNAL, 'The room is being opened again.');
    } catch (error) {
      giveBack(resident, this.#deps.clock);
      throw error;
    }
  }

  /** One load however many ask; a failed one is forgotten, so that the next who asks tries again (P11). */
  #admit(id: string, load: () => Promise<Room>): Resident {
    if (this.#resident.size >= this.#deps.limits.rooms) this.#makeSpace();
    const resident: Resident = {
      room: load(),
      loaded: null,
      feed: null,
      checked: Promise.resolve(),
      leases: 0,
      idleSince: this.#deps.clock.now(),
    };
    this.#resident.set(id, resident);
    resident.room.then(
      (room) => {
        resident.loaded = room;
        resident.feed = this.#feed(room);
      },
      () => {
        if (this.#resident.get(id) === resident) this.#drop(id);
      },
    );
    return resident;
  }

  async #load(id: string): Promise<Room> {
    const stored = await this.#deps.storage.loadRoom(id);
    if (!stored) throw refusals.noSuchRoom();
    return Room.load(this.#deps, stored);
  }

  #makeSpace(): void {
    for (const [id, { loaded, leases }] of this.#resident) {
      if (loaded && leases === 0 && loaded.quiet) this.#unload(id, loaded);
      if (this.#resident.size < this.#deps.limits.rooms) return;
    }
    throw new ProtocolFault('too-fast', CloseCode.TOO_FAST, 'This server has as many rooms open as it can hold.');
  }

  /** From here on whoever asks loads the room anew; a snapshot that is still being saved harms nobody. */
  #unload(id: string, room: Room): void {
    this.#drop(id);
    room.close().catch((error: unknown) => this.#deps.log.error({ room: id, err: error }, 'unloading a room failed'));
  }

  #drop(id: string): void {
    this.#resident.get(id)?.feed?.stop();
    this.#resident.delete(id);
    this.#deps.dropped?.(id);
    for (const [token, room] of this.#fresh) if (room === id) this.#fresh.delete(token);
  }
}

function newRoom(links: CreateLinks & { edit: string }, now: number): NewRoom {
  return {
    id: randomToken(),
    epoch: randomToken(),
    shard: shardOf(links.edit),
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
  return Promise.reject(refusals.noSuchRoom());
}

/** Whoever comes back finds the room as the storage has it. */
function reloading(): ProtocolFault {
  return new ProtocolFault('draining', CloseCode.DRAINING, 'This room is being loaded anew. Reconnecting.');
}

/** Whoever comes back will hear what has become of it. */
function beingDeleted(): ProtocolFault {
  return new ProtocolFault('internal', CloseCode.INTERNAL, 'This room is being closed.');
}

/** Whoever keeps the server comes by no link. */
const KEEPER: NumberedKey = { number: 0, token: '', expiresAt: null, passwordHash: null };

/** The link of a room that nobody has changed yet. */
function freshKey(number: number, token: string): NumberedKey {
  return { number, token, expiresAt: null, passwordHash: null };
}

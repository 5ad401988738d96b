import { CloseCode, ProtocolFault } from '../../lib/protocol/index.ts';
import { every, type Clock } from '../clock.ts';
import type { ServerLimits } from '../limits.ts';
import type { Room } from '../room/room.ts';
import type { Bus } from './bus.ts';
import { decodeRoomMessage, encodeRoomMessage, hereMessages, roomChannel, type RoomMessage } from './envelope.ts';
import { Neighbours, type PeopleChange } from './neighbours.ts';

/** Everybody who is here is told this often, in ms: three in a row may be lost before they count as gone. */
const HERE_EVERY_MS = 5_000;
/** Comings and goings within this time are told together. */
const HERE_SOON_MS = 100;

export interface RoomFeedDeps {
  bus: Bus;
  clock: Clock;
  limits: Pick<ServerLimits, 'neighbours' | 'members' | 'cursorEveryMs'>;
  /** Links, guests, title, language, lock or the room's existence may have changed. */
  recheck: () => void;
  /** The room is to be loaded anew. */
  reload: () => void;
}

/** What one room tells other nodes and hears from them, for as long as it is loaded. All of it may be lost. */
export class RoomFeed {
  readonly #room: Room;
  readonly #deps: RoomFeedDeps;
  readonly #channel: string;
  readonly #neighbours: Neighbours;
  readonly #stops: (() => void)[];
  #cancelHere: (() => void) | null = null;
  /** Members whose carets were moved since they were told. */
  readonly #placed = new Set<number>();
  #cancelCarets: (() => void) | null = null;
  /** When members came, ms since 1970: a word about an older socket of theirs must not end a newer one. */
  readonly #cameAt = new Map<number, number>();

  constructor(room: Room, deps: RoomFeedDeps) {
    const { bus, clock, limits } = deps;
    this.#room = room;
    this.#deps = deps;
    this.#channel = roomChannel(room.id);
    this.#neighbours = new Neighbours(limits);
    this.#stops = [
      bus.subscribe(this.#channel, (message, node) => this.#hear(message, node)),
      every(clock, HERE_EVERY_MS, () => {
        this.#tellHere();
        this.#announce(this.#neighbours.forgetSilent(clock.now()));
      }),
      room.watch({
        appended: (entries) => this.#tell({ k: 'log', rev: entries.at(-1)?.rev ?? room.rev, entries }),
        described: () => this.#tell({ k: 'meta' }),
        noted: (news) => this.#tell({ k: 'notes', news }),
      }),
      room.audience.watch({
        came: ({ author }) => this.#came(author),
        left: (author) => {
          this.#cameAt.delete(author);
          this.#hereSoon();
        },
        // The newer socket came later than the older one.
        replaced: (author) => this.#cameAt.delete(author),
        moved: () => undefined,
        placed: (author) => this.#moved(author),
        wrote: (author) => this.#tell({ k: 'writing', author }),
      }),
    ];
    // Whoever is loaded later than others hears at once who is there.
    this.#tellHere();
  }

  /** Links, guests or the room's existence were changed here. */
  linksChanged(): void {
    this.#tell({ k: 'links' });
  }

  /** The room leaves this node's memory. */
  stop(): void {
    for (const stop of this.#stops) stop();
    this.#cancelHere?.();
    this.#cancelCarets?.();
    this.#tell({ k: 'here', people: [], bye: true });
  }

  #tell(message: RoomMessage): void {
    this.#deps.bus.publish(this.#channel, encodeRoomMessage(message));
  }

  #hear(text: string, node: string): void {
    const message = decodeRoomMessage(text);
    // Of a newer version, or nobody's.
    if (!message) return;
    const { clock } = this.#deps;
    switch (message.k) {
      case 'log':
        return this.#room.follow(message.rev, message.entries);
      case 'meta':
      case 'links':
        return this.#deps.recheck();
      case 'reload':
        return this.#deps.reload();
      case 'notes':
        return this.#room.notes.heard(message.news);
      case 'here': {
        const known = this.#neighbours.nodes;
        this.#announce(this.#neighbours.heard(node, message, clock.now()));
        if (this.#neighbours.nodes > known) this.#hereSoon();
        return;
      }
      case 'caret':
        return this.#room.remoteCursor(message.author, message.rev, message.ranges);
      case 'writing':
        return this.#room.audience.remoteWrites(message.author);
      case 'came':
        return this.#supersede(node, message.author, message.at);
    }
  }

  /** A client that came to another node has no older socket here. It is shown as being there until that tells who is. */
  #supersede(node: string, author: number, at: number): void {
    const { audience } = this.#room;
    const since = this.#cameAt.get(author);
    const person = audience.member(author);
    // Sockets of one Yjs client bear each other, and it would take the end of one for a word never to come back.
    if (since === undefined || since > at || !person || person.kind === 'yjs') return;
    this.#announce(this.#neighbours.came(node, person, this.#deps.clock.now()));
    const why = 'A newer connection took the place of this one.';
    audience.movedAway(author, new ProtocolFault('superseded', CloseCode.SUPERSEDED, why));
    this.#cameAt.delete(author);
    this.#hereSoon();
  }

  #came(author: number): void {
    if (!this.#room.audience.hasAuthor(author)) return;
    if (!this.#cameAt.has(author)) {
      const at = this.#deps.clock.now();
      this.#cameAt.set(author, at);
      this.#tell({ k: 'came', author, at });
    }
    this.#hereSoon();
  }

  #hereSoon(): void {
    this.#cancelHere ??= this.#deps.clock.after(HERE_SOON_MS, () => this.#tellHere());
  }

  #tellHere(): void {
    this.#cancelHere?.();
    this.#cancelHere = null;
    for (const message of hereMessages(this.#room.audience.members())) this.#tell(message);
  }

  #announce({ join, leave }: PeopleChange): void {
    for (const author of leave) this.#room.audience.remoteLeft(author);
    for (const person of join) this.#room.audience.remoteCame(person);
  }

  #moved(author: number): void {
    this.#placed.add(author);
    this.#cancelCarets ??= this.#deps.clock.after(this.#deps.limits.cursorEveryMs, () => this.#tellCarets());
  }

  #tellCarets(): void {
    this.#cancelCarets = null;
    const { audience, rev } = this.#room;
    for (const author of this.#placed) {
      if (audience.hasAuthor(author)) this.#tell({ k: 'caret', rev, author, ranges: audience.caretsOf(author) });
    }
    this.#placed.clear();
  }
}

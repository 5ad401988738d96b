import type { StoredAuthor } from '../storage.ts';

/** Clients of a room that are known here at most; in a room with more, all newcomers are the storage's thread's. */
export const MOST_CLIENTS = 4_096;
/** Of all rooms together: some 10 MB. Beyond it the others are forgotten, and learned anew when somebody comes. */
const MOST_IN_ALL = 100_000;

/** All clients that have a number in a room, and the number that comes next. */
export interface RoomClients {
  clients: readonly string[];
  next: number;
}

type Known =
  | { kind: 'unknown' }
  /** The thread was asked which clients there are. `since`: whom it has numbered meanwhile, who may be missing in its answer. */
  | { kind: 'asking'; since: Map<string, number> }
  | { kind: 'known'; clients: Set<string>; next: number }
  /** More than are known here. */
  | { kind: 'many' };

interface Room {
  known: Known;
  /** What the thread was asked to do there, without an answer yet. Until then nobody else gives numbers. */
  pending: number;
}

/**
 * Which clients have a number in a room, as far as this thread has learned it: enough to number somebody who is certainly new.
 * Only one process writes a data folder, so nothing changes without being learned here.
 */
export interface KnownAuthors {
  /** The number of a client that has none so far; null: that is not certain, ask the storage's thread. */
  numberFor(room: string, client: string): number | null;
  /** Number and client are durable. */
  numbered(room: string, client: string, author: number): void;
  /** Before the thread opens an author, or does something else to the room, and after it; null: who knows which there are now. */
  asked(room: string): void;
  answered(room: string, opened: StoredAuthor | null): void;
  /** Is it worth asking now which clients there are? Gives what takes the answer; null: not known, nor how many. */
  question(room: string): ((answer: RoomClients | 'many' | null) => void) | null;
  /** A room was made with these; what is known of one of that name is of before. */
  created(room: string, authors: readonly Pick<StoredAuthor, 'client' | 'author'>[]): void;
}

export function createKnownAuthors(): KnownAuthors {
  const rooms = new Map<string, Room>();
  let inAll = 0;

  function roomOf(id: string): Room {
    const found = rooms.get(id);
    if (found) return found;
    const made: Room = { known: { kind: 'unknown' }, pending: 0 };
    rooms.set(id, made);
    return made;
  }

  function become(room: Room, known: Known): void {
    if (room.known.kind === 'known') inAll -= room.known.clients.size;
    if (known.kind === 'known') inAll += known.clients.size;
    room.known = known;
    if (inAll > MOST_IN_ALL) forgetAllBut(room);
  }

  function forgetAllBut(kept: Room): void {
    for (const [id, room] of rooms) {
      if (room === kept) continue;
      if (room.known.kind === 'known') inAll -= room.known.clients.size;
      room.known = { kind: 'unknown' };
      if (room.pending === 0) rooms.delete(id);
    }
  }

  /** Forgets a room of which nothing is known, and where nobody is being numbered. */
  function tidy(id: string, room: Room): void {
    if (room.known.kind === 'unknown' && room.pending === 0 && rooms.get(id) === room) rooms.delete(id);
  }

  function add(room: Room, client: string, author: number): void {
    const { known } = room;
    if (known.kind === 'asking') known.since.set(client, author);
    if (known.kind !== 'known') return;
    known.next = Math.max(known.next, author + 1);
    if (known.clients.has(client)) return;
    if (known.clients.size === MOST_CLIENTS) return become(room, { kind: 'many' });
    known.clients.add(client);
    inAll += 1;
    if (inAll > MOST_IN_ALL) forgetAllBut(room);
  }

  return {
    numberFor(id, client) {
      const room = rooms.get(id);
      if (room?.known.kind !== 'known' || room.pending > 0 || room.known.clients.has(client)) return null;
      return room.known.next;
    },
    numbered: (id, client, author) => add(roomOf(id), client, author),
    asked(id) {
      roomOf(id).pending += 1;
    },
    answered(id, opened) {
      const room = roomOf(id);
      room.pending -= 1;
      if (opened) add(room, opened.client, opened.author);
      else {
        become(room, { kind: 'unknown' });
        tidy(id, room);
      }
    },
    question(id) {
      const room = roomOf(id);
      if (room.known.kind !== 'unknown') return null;
      const asking: Known = { kind: 'asking', since: new Map() };
      room.known = asking;
      return (answer) => {
        if (room.known !== asking) return;
        if (answer === null || answer === 'many') {
          room.known = { kind: answer === 'many' ? 'many' : 'unknown' };
          return tidy(id, room);
        }
        become(room, { kind: 'known', clients: new Set(answer.clients), next: answer.next });
        for (const [client, author] of asking.since) add(room, client, author);
      };
    },
    created(id, authors) {
      const numbers = authors.map(({ author }) => author);
      const clients = new Set(authors.map(({ client }) => client));
      become(roomOf(id), { kind: 'known', clients, next: Math.max(0, ...numbers) + 1 });
    },
  };
}

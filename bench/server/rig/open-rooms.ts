import type { PeerServer } from './peer.ts';
import { Room } from './room.ts';

/** What each room begins with, in units. */
export const FIRST_UNITS = 2_000;
/** Sockets that are opened at once; servers that let in one after another need no longer queue than this. */
const GROUP = 50;

/** Lines of words, as long as asked. */
export function wordsOf(units: number): string {
  const line = 'What everybody agreed on is written down here, in words of a usual length, more or less.\n';
  return line.repeat(Math.ceil(units / line.length)).slice(0, units);
}

/** Fresh rooms with so many members each, whose places to type are spread over the text. Everybody is in when it resolves. */
export async function openRooms(
  server: PeerServer,
  { rooms: count, members }: { rooms: number; members: number },
): Promise<Room[]> {
  const rooms = await createRooms(server, count);
  await fillRooms(rooms, members);
  return rooms;
}

/** Fresh rooms that nobody is in. */
export async function createRooms(server: PeerServer, count: number): Promise<Room[]> {
  const rooms: Room[] = [];
  const text = wordsOf(FIRST_UNITS);
  for (let index = 0; index < count; index++) rooms.push(new Room(await server.openRoom(text)));
  return rooms;
}

/** Lets so many into each of the rooms, which are empty. */
export async function fillRooms(rooms: readonly Room[], members: number): Promise<void> {
  // The first one of a room may have to bring its text along.
  await inGroups(rooms, (room) => room.join(placeOf(0, members)));
  const others = rooms.flatMap((room) =>
    Array.from({ length: members - 1 }, (_, index) => ({ room, index: index + 1 })),
  );
  await inGroups(others, ({ room, index }) => room.join(placeOf(index, members)));
}

/** Lets so many more in. The room must be quiet. */
export async function joinMore(room: Room, count: number): Promise<void> {
  await inGroups(Array.from({ length: count }), () => room.join(0));
}

async function inGroups<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < all.length; at += GROUP) await Promise.all(all.slice(at, at + GROUP).map(work));
}

/** Not at the very beginning, and each somewhere else. */
function placeOf(index: number, members: number): number {
  return 1 + Math.floor((index * (FIRST_UNITS - 2)) / members);
}

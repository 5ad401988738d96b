import { openRooms } from './open-rooms.ts';
import type { Room } from './room.ts';
import type { Running } from './servers.ts';

/** One server with people in its rooms. */
export interface Scene {
  name: string;
  server: Running;
  rooms: readonly Room[];
}

/** The same rooms on each of the servers: those that have no turn are idle, and cost the one that is measured nothing. */
export async function openScenes(
  servers: readonly Running[],
  shape: { rooms: number; members: number },
): Promise<Scene[]> {
  const scenes: Scene[] = [];
  for (const server of servers) scenes.push({ name: server.name, server, rooms: await openRooms(server, shape) });
  return scenes;
}

/** Rejects, with the server's name, if any two members of a room, or the server itself, have different texts. */
export async function agreeAndClose(scenes: readonly Scene[]): Promise<void> {
  for (const { name, rooms } of scenes) {
    for (const room of rooms) {
      await room.agree().catch((error: unknown) => {
        throw new Error(`In a room of ${name} not everybody has the same text.`, { cause: error });
      });
      room.close();
    }
  }
}

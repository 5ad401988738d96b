import type { Storage } from '../storage.ts';
import type { RoomClients } from './known-authors.ts';
import type { OpenDoor } from './known-doors.ts';

/** What the storage's thread is asked. */
interface Asked extends Omit<Storage, 'close' | 'appendNow'> {
  /** All clients that have a number in a room. Refused: an unknown room. */
  clients(room: string): Promise<RoomClients | 'many'>;
  /** The link of a token, and all who are kept out of its room; null for an unknown token. */
  openDoor(token: string): Promise<OpenDoor | 'many' | null>;
}

/** What passes between the process's main thread and the storage's, and the same methods on the synchronous side. */
export type Method = keyof Asked;
export type Arguments = { [K in Method]: Parameters<Asked[K]> };
export type Results = { [K in Method]: Awaited<ReturnType<Asked[K]>> };
/** The methods of `Storage`, run at once against a database. Writes expect to be inside a transaction. */
export type Methods = { [K in Method]: (...args: Arguments[K]) => Results[K] };

/** Which calls belong into a transaction. A method that is added does not compile until it stands here. */
export const ACCESS: Record<Method, 'read' | 'write'> = {
  createRoom: 'write',
  findLink: 'read',
  links: 'read',
  makeLink: 'write',
  changeLink: 'write',
  rotateLink: 'write',
  heads: 'read',
  listRooms: 'read',
  loadMeta: 'read',
  loadRoom: 'read',
  entries: 'read',
  marks: 'read',
  snapshotBefore: 'read',
  append: 'write',
  snapshotRevs: 'read',
  saveSnapshot: 'write',
  loadLineage: 'read',
  saveLineage: 'write',
  openAuthor: 'write',
  authors: 'read',
  clients: 'read',
  renameAuthor: 'write',
  setRoom: 'write',
  bar: 'write',
  findDoor: 'read',
  openDoor: 'read',
  isBarred: 'read',
  shutOut: 'read',
  noteHeads: 'read',
  addChat: 'write',
  chat: 'read',
  threads: 'read',
  thread: 'read',
  changeThread: 'write',
  saveAnchors: 'write',
  versions: 'read',
  addVersion: 'write',
  renameVersion: 'write',
  deleteVersion: 'write',
  redact: 'write',
  deleteRoom: 'write',
  erased: 'write',
  probe: 'write',
};

/** One call on its way. `id` is the asker's, and comes back with the answer. */
export type Call = { [K in Method]: { id: number; method: K; args: Arguments[K] } }[Method];

export type Reply =
  | { id: number; kind: 'done'; value: unknown }
  | { id: number; kind: 'refused'; message: string }
  | { id: number; kind: 'unavailable'; message: string };

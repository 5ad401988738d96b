import type { Storage } from '../storage.ts';

/** What passes between the process's main thread and the storage's, and the same methods on the synchronous side. */
export type Method = Exclude<keyof Storage, 'close' | 'appendNow'>;
export type Arguments = { [K in Method]: Parameters<Storage[K]> };
export type Results = { [K in Method]: Awaited<ReturnType<Storage[K]>> };
/** The methods of `Storage`, run at once against a database. Writes expect to be inside a transaction. */
export type Methods = { [K in Method]: (...args: Arguments[K]) => Results[K] };

/** Which calls belong into a transaction. A method that is added to `Storage` does not compile until it stands here. */
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
  renameAuthor: 'write',
  setRoom: 'write',
  bar: 'write',
  findDoor: 'read',
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

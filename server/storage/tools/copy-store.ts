import { createHash } from 'node:crypto';
import type { Storage } from '../storage.ts';
import { copyRoom } from './copy-room.ts';
import { roomDigest } from './room-digest.ts';
import { ToolFailure } from './tool-failure.ts';

/** Rooms in one look at the list, and copied at the same time: many share one wait for the disk. */
const PAGE = 50;

export interface CopiedStore {
  rooms: number;
  entries: number;
  /** SHA-256 (hex) over the ids and digests of all rooms, the same on both sides. */
  digest: string;
}

/**
 * Copies all rooms of a storage into an empty one, and compares both afterwards. Nobody else may use either meanwhile.
 * Throws `ToolFailure` if `to` has rooms or the two are not the same; then, as after any failure, `to` is empty again.
 */
export async function copyStore(from: Storage, to: Storage, say: (line: string) => void): Promise<CopiedStore> {
  if ((await to.listRooms({ limit: 1 })).length > 0) {
    throw new ToolFailure(
      'The target has rooms already. Only an empty one can be filled; if an earlier copy was cut off, remove what it left.',
    );
  }
  try {
    let copied = 0;
    for await (const ids of idsOf(from)) {
      await Promise.all(ids.map((id) => copyRoom(from, to, id)));
      copied += ids.length;
      say(`Copied ${copied} rooms.`);
    }
    return await compare(from, to);
  } catch (error) {
    await empty(to, error);
    throw error;
  }
}

async function compare(from: Storage, to: Storage): Promise<CopiedStore> {
  const [source, target] = [await digestOf(from), await digestOf(to)];
  if (source.digest === target.digest) return target;
  throw new ToolFailure(`The copy is not the same: ${JSON.stringify(source)} became ${JSON.stringify(target)}.`);
}

async function digestOf(storage: Storage): Promise<CopiedStore> {
  const hash = createHash('sha256');
  let rooms = 0;
  let entries = 0;
  for await (const ids of idsOf(storage)) {
    const digests = await Promise.all(ids.map((id) => roomDigest(storage, id)));
    for (const [index, id] of ids.entries()) hash.update(`${id} ${digests[index] ?? ''}\n`);
    for (const head of (await storage.heads(ids)).values()) entries += head;
    rooms += ids.length;
  }
  return { rooms, entries, digest: hash.digest('hex') };
}

/** What is in it is ours: it was empty before. */
async function empty(to: Storage, reason: unknown): Promise<void> {
  try {
    for (;;) {
      const rooms = await to.listRooms({ limit: PAGE });
      if (rooms.length === 0) return;
      await Promise.all(rooms.map(({ id }) => to.deleteRoom(id)));
    }
  } catch (error) {
    const words = [reason, error].map((one) => (one instanceof Error ? one.message : String(one)));
    throw new ToolFailure(`${words.join(' ')} What was copied could not be removed again: empty the target by hand.`, {
      cause: error,
    });
  }
}

async function* idsOf(storage: Storage): AsyncGenerator<string[]> {
  for (let after = ''; ;) {
    const rooms = await storage.listRooms({ after, limit: PAGE });
    const last = rooms.at(-1);
    if (!last) return;
    yield rooms.map(({ id }) => id);
    after = last.id;
  }
}

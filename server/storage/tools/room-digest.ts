import { createHash } from 'node:crypto';
import type { Storage } from '../storage.ts';
import { packAnchor, packChat, packThread } from '../note-rows.ts';
import type { StoredAnchor } from '../notes.ts';
import { chatOf, pagesOf } from './copy-room.ts';

/**
 * SHA-256 (hex) over everything that is stored of a room, written in one way whatever the engine: meta, links with retired
 * tokens, guests, authors, log, lineage, notes, versions and the newest snapshot. Older ones are left out, since engines may thin them out.
 */
export async function roomDigest(storage: Storage, id: string): Promise<string> {
  const hash = createHash('sha256');
  const add = (what: string, value: unknown): void => void hash.update(`${what} ${JSON.stringify(value)}\n`);
  const room = await storage.loadRoom(id);
  if (room) {
    const { epoch, shard, title, language, createdAt, file, locked, snapshot } = room;
    add('room', [id, epoch, shard, title, language, createdAt, file?.bom, file?.lineEnd, locked]);
    add('snapshot', snapshot && [snapshot.rev, snapshot.text]);
  }
  for (const link of await storage.links(id)) {
    const { number, token, role, name, createdAt, expiresAt, passwordHash, revokedAt, uses } = link;
    add('link', [number, token, role, name, createdAt, expiresAt, passwordHash, revokedAt, uses]);
  }
  const { tokens, guests } = await storage.shutOut(id);
  for (const line of tokens.map(({ token, number, at }) => JSON.stringify([token, number, at])).toSorted()) {
    add('retired', line);
  }
  for (const line of guests.map(({ guest, at }) => JSON.stringify([guest, at])).toSorted()) add('guest', line);
  for (const one of await storage.authors(id)) {
    const { author, client, person, name, color, kind, link, last } = one;
    add('author', [author, client, person, name, color, kind, link, last?.seq, last?.rev]);
  }
  const lineage = await storage.loadLineage(id);
  add('lineage', lineage && [lineage.root, lineage.rev, base64(lineage.state)]);
  for await (const page of pagesOf(storage, id)) {
    for (const { rev, author, seq, at, op, yjs } of page) add('entry', [rev, author, seq, at, op, base64(yjs)]);
  }
  for await (const page of chatOf(storage, id)) {
    for (const message of page) add('chat', [message.n, message.id, packChat(message), anchorOf(message.quote)]);
  }
  for (const thread of await storage.threads(id)) {
    add('thread', [thread.id, packThread(thread), anchorOf(thread.anchor)]);
  }
  for (const { rev, name, author, at } of await storage.versions(id)) add('version', [rev, name, author, at]);
  return hash.digest('hex');
}

function anchorOf(anchor: StoredAnchor | null): unknown {
  if (!anchor) return null;
  const { rev, data } = packAnchor(anchor);
  return [rev, data];
}

function base64(bytes: Uint8Array | null | undefined): string | null {
  return bytes ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64') : null;
}

import type { StoredChat } from '../notes.ts';
import type { Batch, Entry, Storage } from '../storage.ts';
import { ToolFailure } from './tool-failure.ts';

/** Entries at a time: few enough for the memory if each is a large paste. */
const PAGE = 200;

/**
 * Copies everything of a room into a storage that has none of it, by the same calls by which rooms come to be: what would
 * break a rule of the log is refused. Older snapshots may be thinned out. Nobody may write to the room meanwhile.
 */
export async function copyRoom(from: Storage, to: Storage, id: string): Promise<void> {
  const room = await from.loadRoom(id);
  if (!room) throw new ToolFailure(`The room ${id} went away while it was copied.`);
  const { epoch, shard, title, language, createdAt, file, locked } = room;
  const authors = await from.authors(id);
  const made = await to.createRoom({ id, epoch, shard, title, language, createdAt, links: [], authors });
  if (made === 'taken') throw new ToolFailure(`The room ${id} is there already.`);
  await copyLinks(from, to, id);
  await copyLog(from, to, id);
  await settle(from, to, id);
  await copySnapshots(from, to, id);
  const lineage = await from.loadLineage(id);
  if (lineage?.state) await to.saveLineage(id, { rev: lineage.rev, state: lineage.state });
  await copyNotes(from, to, id);
  await to.setRoom(id, { file, locked });
  for (const { guest, at } of (await from.shutOut(id)).guests) await to.bar(id, guest, at);
}

/** All entries of a room, by pages. */
export async function* pagesOf(storage: Storage, id: string): AsyncGenerator<Entry[]> {
  for (let rev = 1; ;) {
    const page = await storage.entries(id, rev, Number.MAX_SAFE_INTEGER, PAGE);
    if (page.length === 0) return;
    yield page;
    rev += page.length;
  }
}

/** All chat messages of a room, by pages. */
export async function* chatOf(storage: Storage, id: string): AsyncGenerator<StoredChat[]> {
  for (let after = 0; ;) {
    const page = await storage.chat(id, { after, limit: PAGE });
    if (page.length === 0) return;
    yield page;
    after = page.at(-1)?.n ?? after;
  }
}

/** Each link is made with its first token, and then given the others in turn. */
async function copyLinks(from: Storage, to: Storage, id: string): Promise<void> {
  const { tokens } = await from.shutOut(id);
  for (const { number, token, revokedAt, ...link } of await from.links(id)) {
    const retired = tokens.filter((one) => one.number === number);
    const made = await to.makeLink(id, { ...link, token: retired[0]?.token ?? token });
    if (made === 'taken' || made.number !== number) throw new ToolFailure(`Link ${number} of room ${id} is not free.`);
    for (const [index, { at }] of retired.entries()) {
      const rotated = await to.rotateLink(id, number, retired[index + 1]?.token ?? token, at);
      if (rotated === 'taken') throw new ToolFailure(`A token of link ${number} of room ${id} is not free.`);
    }
    if (revokedAt !== null) await to.changeLink(id, number, { revokedAt });
  }
}

async function copyLog(from: Storage, to: Storage, id: string): Promise<void> {
  let root = (await from.loadLineage(id))?.root;
  for await (const entries of pagesOf(from, id)) {
    const batch: Batch = { entries, settled: [] };
    const isFirstOfYjs = root !== undefined && entries.some(({ yjs }) => yjs);
    if (isFirstOfYjs && root !== undefined) batch.lineage = { root };
    if (isFirstOfYjs) root = undefined;
    await mustAppend(to, id, batch);
  }
}

/** Edits that became identity are in no entry. */
async function settle(from: Storage, to: Storage, id: string): Promise<void> {
  const known = new Map((await to.authors(id)).map(({ author, last }) => [author, last?.seq ?? 0]));
  const settled = (await from.authors(id)).flatMap(({ author, last }) =>
    last && last.seq > (known.get(author) ?? 0) ? [{ author, ...last }] : [],
  );
  if (settled.length > 0) await mustAppend(to, id, { entries: [], settled });
}

async function mustAppend(to: Storage, id: string, batch: Batch): Promise<void> {
  if ((await to.append(id, batch)).ok) return;
  throw new ToolFailure(`Somebody else writes to room ${id} while it is copied.`);
}

async function copyNotes(from: Storage, to: Storage, id: string): Promise<void> {
  for await (const page of chatOf(from, id)) {
    for (const message of page) await to.addChat(id, message, Number.MAX_SAFE_INTEGER);
  }
  for (const { id: thread, anchor, resolved, comments } of await from.threads(id)) {
    const [first, ...others] = comments;
    if (!first) continue;
    await to.changeThread(id, thread, { kind: 'open', anchor, comment: first });
    for (const comment of others) await to.changeThread(id, thread, { kind: 'reply', comment });
    if (resolved) await to.changeThread(id, thread, { kind: 'resolve', by: resolved });
  }
  for (const version of await from.versions(id)) await to.addVersion(id, version);
}

async function copySnapshots(from: Storage, to: Storage, id: string): Promise<void> {
  const revs: number[] = [];
  for (let upTo = Number.MAX_SAFE_INTEGER; ;) {
    const snapshot = await from.snapshotBefore(id, upTo);
    if (!snapshot) break;
    revs.push(snapshot.rev);
    upTo = snapshot.rev - 1;
  }
  for (const rev of revs.toReversed()) {
    const snapshot = await from.snapshotBefore(id, rev);
    if (snapshot) await to.saveSnapshot(id, snapshot);
  }
}

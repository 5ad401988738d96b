import { emptyUpdate } from '../../lib/yjs/index.ts';
import type { StoredChat, StoredThread } from '../storage/notes.ts';
import type { Redaction } from '../storage/redaction.ts';
import type { Storage } from '../storage/storage.ts';
import { BlockedAnchors } from './block-anchors.ts';
import { blockOp } from './block-log.ts';
import { blockPassage } from './block-words.ts';
import { UnitLog } from './unit-log.ts';
import type { UnitSet } from './unit-set.ts';
import { eachEntry, type Walk } from './walk.ts';

/** Messages in one read of the chat. */
const CHAT_PAGE = 1_000;

/** More entries would have to be changed than may be. */
export class TooManyEntries extends Error {
  override readonly name = 'TooManyEntries';
}

/** What is to be taken out of a room. */
export interface Unwanted {
  units: UnitSet;
  /** No unit of it stands in the text at this revision, nor does one come back. */
  rev: number;
  /** The passage, if it is to be blocked out wherever it stands in what people said; else null. */
  passage: string | null;
  /** The revision at which the Y.Doc is saved; null if the room has none. */
  savedRev: number | null;
  /** Entries that may be changed. */
  mostEntries: number;
}

/** What is to be written. It may be outdated when it comes to that: then it is planned again. */
export async function planRedaction(walk: Walk, storage: Storage, unwanted: Unwanted): Promise<Redaction> {
  const { room } = walk;
  const { units, rev: head, passage, savedRev } = unwanted;
  const redactions = (await storage.loadMeta(room))?.redactions ?? 0;
  const heads = await storage.noteHeads(room);
  const chat = await wholeChat(storage, room);
  const threads = await storage.threads(room);
  const anchors = anchorsOf(chat, threads);
  const withSnapshot = new Set(await storage.snapshotRevs(room));
  const blocked = new BlockedAnchors(anchors, units);
  const log = new UnitLog();
  const entries: Redaction['entries'][number][] = [];
  const snapshots: Redaction['snapshots'][number][] = [];
  await eachEntry(walk, 0, head, (entry) => {
    const { rev, op } = entry;
    const clean = blockOp(op, log.next, units);
    if (clean !== op) entries.push({ rev, op: clean });
    if (entries.length > unwanted.mostEntries) {
      throw new TooManyEntries(`More than ${unwanted.mostEntries} revisions would have to be changed at once.`);
    }
    blocked.before(entry, log);
    log.apply(op);
    if (withSnapshot.has(rev)) snapshots.push({ rev, ranges: log.where(units) });
    blocked.at(rev, log);
  });
  const from = entries[0]?.rev;
  return {
    redactions,
    notes: { ...heads, anchorRevs: anchors.reduce((sum, { anchor }) => sum + anchor.rev, 0) },
    rev: head,
    entries,
    bytes: savedRev === null || from === undefined ? null : { from, to: savedRev, instead: emptyUpdate },
    snapshots,
    anchors: blocked.changed(anchors, passage),
    chat: passage === null ? [] : blockedChat(chat, passage),
    comments: passage === null ? [] : blockedComments(threads, passage),
  };
}

async function wholeChat(storage: Storage, room: string): Promise<StoredChat[]> {
  const all: StoredChat[] = [];
  for (;;) {
    const page = await storage.chat(room, { after: all.at(-1)?.n ?? 0, limit: CHAT_PAGE });
    all.push(...page);
    if (page.length < CHAT_PAGE) return all;
  }
}

function anchorsOf(chat: readonly StoredChat[], threads: readonly StoredThread[]) {
  return [
    ...chat.flatMap(({ id, quote }) => (quote ? [{ of: 'chat' as const, id, anchor: quote }] : [])),
    ...threads.map(({ id, anchor }) => ({ of: 'thread' as const, id, anchor })),
  ];
}

function blockedChat(chat: readonly StoredChat[], passage: string): Redaction['chat'] {
  return chat.flatMap(({ n, text }) => {
    const blocked = blockPassage(text, passage);
    return blocked === text ? [] : [{ n, text: blocked }];
  });
}

function blockedComments(threads: readonly StoredThread[], passage: string): Redaction['comments'] {
  return threads.flatMap(({ id: thread, comments }) =>
    comments.flatMap(({ id, text }) => {
      const blocked = blockPassage(text, passage);
      return blocked === text ? [] : [{ thread, id, text: blocked }];
    }),
  );
}
